using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PstMigration.Mailboxes;

/// <summary>Finds the certificate an application proves itself by.</summary>
public static class Certificates
{
    /// <summary>The certificate with a thumbprint, of the user's own store or the computer's.</summary>
    /// <exception cref="MailboxException">CertificateNotFound.</exception>
    public static X509Certificate2 FromStore(string thumbprint)
    {
        if (thumbprint is null)
        {
            throw new ArgumentNullException(nameof(thumbprint));
        }

        // Copied from a window it has blanks, and often a mark of direction in front.
        string digits = string.Concat(Array.FindAll(thumbprint.ToCharArray(), Uri.IsHexDigit));
        foreach (StoreLocation location in (StoreLocation[])[StoreLocation.CurrentUser, StoreLocation.LocalMachine])
        {
            if (Find(digits, location) is X509Certificate2 found)
            {
                return found;
            }
        }

        throw new MailboxException(SignInErrorIds.CertificateNotFound, MailboxException.Format(Strings.CertificateNotFound, digits.Length > 0 ? digits : thumbprint));
    }

    /// <summary>The certificate of a .pfx file.</summary>
    /// <exception cref="MailboxException">CertificateUnreadable: there is no such file, it is of another kind, or the password is wrong.</exception>
    public static X509Certificate2 FromFile(string path, SecureString? password)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            // The key is not to stay on the computer; macOS alone cannot have it so.
            X509KeyStorageFlags flags = RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;
            return new X509Certificate2(bytes, password, flags);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new MailboxException(SignInErrorIds.CertificateUnreadable, MailboxException.Format(Strings.CertificateUnreadable, path, e.Message));
        }
    }

    /// <summary>Whether a certificate can be used at all, before anybody is asked.</summary>
    /// <exception cref="MailboxException">CertificateWithoutKey, CertificateExpired.</exception>
    internal static X509Certificate2 Check(X509Certificate2 certificate, TimeProvider clock)
    {
        if (!certificate.HasPrivateKey)
        {
            throw new MailboxException(SignInErrorIds.CertificateWithoutKey, MailboxException.Format(Strings.CertificateWithoutKey, certificate.Subject));
        }

        DateTime now = clock.GetUtcNow().LocalDateTime;
        return now >= certificate.NotBefore && now <= certificate.NotAfter
            ? certificate
            : throw new MailboxException(
                SignInErrorIds.CertificateExpired,
                MailboxException.Format(Strings.CertificateExpired, certificate.Subject, certificate.NotBefore, certificate.NotAfter));
    }

    private static X509Certificate2? Find(string thumbprint, StoreLocation location)
    {
        try
        {
            using X509Store store = new(StoreName.My, location);
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            X509Certificate2Collection found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false);
            return found.Count > 0 ? found[0] : null;
        }
        catch (CryptographicException)
        {
            // There is no such store, which is common outside Windows, or it may not be opened.
            return null;
        }
    }
}
