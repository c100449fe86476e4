namespace PstMigration.Accounts.Rules;

/// <summary>What has to be so for a notice to be of use.</summary>
internal enum NoticeWhen
{
    /// <summary>Mail programs get in with a password, the account's own or one made for them.</summary>
    PasswordWorks,

    /// <summary>Mail of the account is in a .pst file, or the program is the new Outlook, which is asked to open such files.</summary>
    PstFile,

    /// <summary>A server that was asked let nobody in far enough to say what it offers.</summary>
    Refused,
}
