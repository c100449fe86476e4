namespace PstMigration.Mapi;

/// <summary>The property sets Outlook names its properties in ([MS-OXPROPS] 1.3.2).</summary>
public static class PropertySets
{
    /// <summary>PS_MAPI.</summary>
    public static readonly Guid Mapi = new("00020328-0000-0000-C000-000000000046");

    /// <summary>PS_PUBLIC_STRINGS.</summary>
    public static readonly Guid PublicStrings = new("00020329-0000-0000-C000-000000000046");

    /// <summary>PS_INTERNET_HEADERS.</summary>
    public static readonly Guid InternetHeaders = new("00020386-0000-0000-C000-000000000046");

    /// <summary>PSETID_Appointment.</summary>
    public static readonly Guid Appointment = new("00062002-0000-0000-C000-000000000046");

    /// <summary>PSETID_Task.</summary>
    public static readonly Guid Task = new("00062003-0000-0000-C000-000000000046");

    /// <summary>PSETID_Address.</summary>
    public static readonly Guid Address = new("00062004-0000-0000-C000-000000000046");

    /// <summary>PSETID_Common.</summary>
    public static readonly Guid Common = new("00062008-0000-0000-C000-000000000046");

    /// <summary>PSETID_Log (journal).</summary>
    public static readonly Guid Log = new("0006200A-0000-0000-C000-000000000046");

    /// <summary>PSETID_Note (sticky notes).</summary>
    public static readonly Guid Note = new("0006200E-0000-0000-C000-000000000046");

    /// <summary>PSETID_Meeting.</summary>
    public static readonly Guid Meeting = new("6ED8DA90-450B-101B-98DA-00AA003F1305");

    /// <summary>PSETID_Report.</summary>
    public static readonly Guid Report = new("00062013-0000-0000-C000-000000000046");

    /// <summary>PSETID_Remote.</summary>
    public static readonly Guid Remote = new("00062014-0000-0000-C000-000000000046");

    /// <summary>PSETID_Sharing.</summary>
    public static readonly Guid Sharing = new("00062040-0000-0000-C000-000000000046");

    /// <summary>PSETID_PostRss.</summary>
    public static readonly Guid PostRss = new("00062041-0000-0000-C000-000000000046");

    /// <summary>PSETID_CalendarAssistant.</summary>
    public static readonly Guid CalendarAssistant = new("11000E07-B51B-40D6-AF21-CAA85EDAB1D0");

    /// <summary>PSETID_Attachment.</summary>
    public static readonly Guid Attachment = new("96357F7F-59E1-47D0-99A7-46515C183B54");

    /// <summary>PSETID_UnifiedMessaging.</summary>
    public static readonly Guid UnifiedMessaging = new("4442858E-A9E3-4E80-B900-317A210CC15B");

    /// <summary>What this project stores about an item: see <see cref="PropertyNames"/>.</summary>
    public static readonly Guid PstMigration = new("5E2B7C1D-3F0A-4C7E-9B51-6D1F0C4A8E37");
}
