namespace PstMigration.Accounts;

/// <summary>A mail program.</summary>
public enum MailClientKind : long
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Outlook for Windows of Office and Microsoft 365 ("classic").</summary>
    OutlookClassic,

    /// <summary>The new Outlook for Windows.</summary>
    OutlookNew,

    /// <summary>Outlook for Mac.</summary>
    OutlookMac,

    /// <summary>Outlook for iOS and Android.</summary>
    OutlookMobile,

    /// <summary>Mozilla Thunderbird and its kin.</summary>
    Thunderbird,

    /// <summary>Mail and Calendar of Windows 10 and 11.</summary>
    WindowsMail,

    /// <summary>Windows Live Mail and Outlook Express.</summary>
    WindowsLiveMail,

    /// <summary>Mail of macOS and iOS.</summary>
    AppleMail,

    /// <summary>Another program.</summary>
    Other,
}
