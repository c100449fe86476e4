namespace PstMigration.Mapi;

/// <summary>What a contact's telephone number is for ([MS-OXOCNTC] 2.2.1.4).</summary>
public enum PhoneKind
{
    /// <summary>Business.</summary>
    Business,

    /// <summary>Second business number.</summary>
    Business2,

    /// <summary>Home.</summary>
    Home,

    /// <summary>Second number at home.</summary>
    Home2,

    /// <summary>Mobile.</summary>
    Mobile,

    /// <summary>Primary.</summary>
    Primary,

    /// <summary>Other.</summary>
    Other,

    /// <summary>The company's main number.</summary>
    Company,

    /// <summary>Callback.</summary>
    Callback,

    /// <summary>Car.</summary>
    Car,

    /// <summary>Radio.</summary>
    Radio,

    /// <summary>Pager.</summary>
    Pager,

    /// <summary>The assistant's.</summary>
    Assistant,

    /// <summary>ISDN.</summary>
    Isdn,

    /// <summary>Text telephone (TTY/TDD).</summary>
    TextTelephone,

    /// <summary>Telex.</summary>
    Telex,

    /// <summary>Business fax.</summary>
    BusinessFax,

    /// <summary>Fax at home.</summary>
    HomeFax,

    /// <summary>Primary fax.</summary>
    PrimaryFax,
}
