using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>Connections of a session as a plan names them.</summary>
internal static class BackupConnections
{
    /// <summary>What a plan is to name for a mailbox.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="certificate">The thumbprint of an application's certificate; null where there is none.</param>
    /// <exception cref="MailDataException">BackupPlanInvalid: a job could not connect to it by itself.</exception>
    internal static BackupConnection Of(MsMailbox mailbox, string? certificate)
    {
        if (mailbox.Path is string path)
        {
            return new BackupConnection { Kind = BackupConnectionKind.Sandbox, Mailbox = mailbox.Address, Path = path };
        }

        BackupConnectionKind? kind = mailbox.SignIn?.Method switch
        {
            SignInMethod.Interactive or SignInMethod.DeviceCode => BackupConnectionKind.Account,
            SignInMethod.Certificate when certificate is not null => BackupConnectionKind.Certificate,
            SignInMethod.ManagedIdentity => BackupConnectionKind.ManagedIdentity,
            _ => null,
        };
        return kind is null
            ? throw new MailDataException(BackupErrorIds.BackupPlanInvalid, LocalText.Format(Strings.BackupNoConnection, mailbox.SignIn?.Method))
            : new BackupConnection
            {
                Kind = kind.Value,
                Mailbox = mailbox.Address,
                Account = kind == BackupConnectionKind.Account ? mailbox.Account : null,
                ClientId = Known(mailbox.SignIn!.ClientId),
                TenantId = mailbox.SignIn.Kind == MailboxKind.Personal ? null : Known(mailbox.SignIn.TenantId),
                CertificateThumbprint = kind == BackupConnectionKind.Certificate ? certificate : null,
            };
    }

    /// <summary>The sign-in of a plan, which asks nobody.</summary>
    /// <exception cref="MailDataException">BackupPlanInvalid; the certificate is not there or not valid.</exception>
    internal static SignInRequest Request(BackupConnection connection, TimeProvider clock) => new()
    {
        Method = connection.Kind switch
        {
            BackupConnectionKind.Account => SignInMethod.Interactive,
            BackupConnectionKind.Certificate => SignInMethod.Certificate,
            BackupConnectionKind.ManagedIdentity => SignInMethod.ManagedIdentity,
            _ => throw new MailDataException(BackupErrorIds.BackupPlanInvalid, LocalText.Format(Strings.BackupNoConnection, connection.Kind)),
        },
        Cloud = Enum.TryParse(connection.Cloud, out MailboxCloud cloud) ? cloud : default,
        ClientId = connection.ClientId,
        TenantId = connection.TenantId,
        Account = connection.Account,
        Mailbox = connection.Mailbox,
        Silent = true,
        Certificate = connection.Kind == BackupConnectionKind.Certificate ? Certificates.FromStore(connection.CertificateThumbprint!) : null,
        Clock = clock,
    };

    private static string? Known(string text) => text.Length > 0 ? text : null;

    /// <summary>The open connection to what a plan names; a sandbox is opened by one at a time. Null where there is none.</summary>
    internal static MsMailbox? Find(MailboxRegistry registry, BackupConnection connection) => registry.Connected.LastOrDefault(m =>
        connection.Kind == BackupConnectionKind.Sandbox && m.Path is string path && string.Equals(path, connection.Path, Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
}
