using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>
/// What to do about an error of a backup that ran by itself. The usual advice speaks to who has typed a command, with parameters and a session; a run of a plan has neither.
/// </summary>
internal static class BackupAdvice
{
    /// <summary>The advice; null where the error's own will do.</summary>
    /// <param name="error">What the run ended with.</param>
    /// <param name="name">The backup.</param>
    internal static string? Of(ErrorId error, string name) =>
        IsOneOf(error, SignInErrorIds.SignInRequired, SignInErrorIds.SignInExpired, SignInErrorIds.SignInRevoked, SignInErrorIds.SignInFailed, SignInErrorIds.MultifactorRequired,
            MailboxErrorIds.MailboxSignInLost, MailboxErrorIds.MailboxDisconnected) ? LocalText.Format(Strings.BackupAdviceSignIn, name)
        : IsOneOf(error, SignInErrorIds.CertificateNotFound, SignInErrorIds.CertificateExpired, SignInErrorIds.CertificateWithoutKey, SignInErrorIds.CertificateNotRegistered)
            ? LocalText.Format(Strings.BackupAdviceCertificate, name)
        : IsOneOf(error, MailboxErrorIds.ProxySignInRequired) ? Strings.BackupAdviceProxy
        : IsOneOf(error, TransferErrorIds.FolderNotFound) ? LocalText.Format(Strings.BackupAdviceFolder, name)
        : null;

    private static bool IsOneOf(ErrorId error, params ErrorId[] ids) => ids.Contains(error);
}
