using PstMigration.Mailboxes;
using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>Errors about connections to mailboxes.</summary>
internal static class MailboxErrors
{
    /// <summary>Nobody connected to that address in this session.</summary>
    internal static MailDataException NotConnected(string address) =>
        ErrorRecords.Exception(ModuleErrorIds.MailboxNotConnected, Strings.MailboxNotConnected, address);

    /// <summary>A secret came as plain text.</summary>
    internal static MailDataException SecretNotSecure() => new(ModuleErrorIds.SecretNotSecure, Strings.SecretNotSecure);

    /// <summary>The connection was closed.</summary>
    internal static MailDataException Disconnected(string address) =>
        ErrorRecords.Exception(MailboxErrorIds.MailboxDisconnected, Strings.MailboxDisconnected, address);
}
