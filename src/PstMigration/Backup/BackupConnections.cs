using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>Connections of a session as a plan names them.</summary>
internal static class BackupConnections
{
    /// <summary>What a plan is to name for a mailbox.</summary>
    /// <exception cref="MailDataException">BackupPlanInvalid: a job could not connect to it by itself.</exception>
    internal static BackupConnection Of(MsMailbox mailbox) => mailbox.Path is string path
        ? new BackupConnection { Kind = BackupConnectionKind.Sandbox, Mailbox = mailbox.Address, Path = path }
        : throw new MailDataException(BackupErrorIds.BackupPlanInvalid, LocalText.Format(Strings.BackupNoConnection, mailbox.Kind));

    /// <summary>The open connection to what a plan names; a sandbox is opened by one at a time. Null where there is none.</summary>
    internal static MsMailbox? Find(MailboxRegistry registry, BackupConnection connection) => registry.Connected.LastOrDefault(m =>
        connection.Kind == BackupConnectionKind.Sandbox && m.Path is string path && string.Equals(path, connection.Path, Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
}
