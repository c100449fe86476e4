using System.Net;
using System.Security;

namespace PstMigration.Mailboxes;

/// <summary>Reads a secret for the moment it is sent.</summary>
internal static class SecureText
{
    public static string Read(SecureString secret) => new NetworkCredential("", secret).Password;
}
