using PstMigration.Mailboxes;
using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>Errors about connections to mailboxes.</summary>
internal static class MailboxErrors
{
    /// <summary>Nobody connected to that address in this session.</summary>
    internal static MailDataException NotConnected(string address) =>
        ErrorRecords.Exception(ModuleErrorIds.MailboxNotConnected, Strings.MailboxNotConnected, address);

    /// <summary>Nobody connected to any mailbox in this session, and none was named.</summary>
    internal static MailDataException NoneConnected() => ErrorRecords.Exception(ModuleErrorIds.MailboxNotConnected, Strings.MailboxNoneConnected);

    /// <summary>Several connections could be meant.</summary>
    internal static MailDataException Ambiguous(System.Collections.Generic.IEnumerable<MsMailbox> mailboxes) => ErrorRecords.Exception(
        ModuleErrorIds.MailboxAmbiguous, Strings.MailboxAmbiguous, string.Join(", ", System.Linq.Enumerable.Select(mailboxes, m => m.SandboxPath is null ? m.Address : m.Address + " (" + m.SandboxPath + ")")));

    /// <summary>A secret came as plain text.</summary>
    internal static MailDataException SecretNotSecure() => new(ModuleErrorIds.SecretNotSecure, Strings.SecretNotSecure);

    /// <summary>The connection was closed.</summary>
    internal static MailDataException Disconnected(string address) =>
        ErrorRecords.Exception(MailboxErrorIds.MailboxDisconnected, Strings.MailboxDisconnected, address);
}
