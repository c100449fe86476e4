using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>A mailbox cannot be reached, refuses, or answered something that ends the run. Never about one item alone.</summary>
public class MailboxException : MailDataException
{
    /// <summary>An error about a mailbox.</summary>
    public MailboxException(ErrorId error, string message, Exception? innerException = null)
        : base(error, message, innerException)
    {
    }

    /// <summary>An archive was asked for where none can be reached: to write to, of a personal account, outside the global cloud, or of a mailbox that is not behind Graph.</summary>
    public static MailboxException ArchiveNotReachable() => new(MailboxErrorIds.ArchiveNotReachable, Strings.ArchiveNotReachable);

    /// <summary>The mailbox has no archive.</summary>
    internal static MailboxException ArchiveNotFound(string address) => new(MailboxErrorIds.ArchiveNotFound, Format(Strings.ArchiveNotFound, address));

    /// <summary>The sign-in may not read archives.</summary>
    internal static MailboxException ArchiveNotAllowed(string said, Exception? inner = null) => new(MailboxErrorIds.ArchiveNotAllowed, Format(Strings.ArchiveNotAllowed, said), inner);

    /// <summary>The connection was closed while something was still reading or writing.</summary>
    internal static MailboxException Disconnected(string address) =>
        new(MailboxErrorIds.MailboxDisconnected, Format(Strings.MailboxDisconnected, address));

    /// <summary>The service answered with a redirect; following it could carry mail or a token to another host.</summary>
    internal static MailboxException RedirectRefused(int status, string host) =>
        new(MailboxErrorIds.RedirectRefused, Format(Strings.RedirectRefused, status, host));

    /// <summary>The connection failed again and again.</summary>
    internal static MailboxException Unreachable(string host, Exception inner) =>
        new(MailboxErrorIds.MailboxUnreachable, Format(Strings.MailboxUnreachable, host, inner.Message), inner);

    /// <summary>A proxy on the way asks for a sign-in and got none, or a wrong one.</summary>
    internal static MailboxException ProxySignIn(string host) =>
        new(MailboxErrorIds.ProxySignInRequired, Format(Strings.ProxySignInRequired, host));

    /// <summary>The server's certificate is not trusted by this computer.</summary>
    internal static MailboxException ServerNotTrusted(string host, Exception inner) =>
        new(MailboxErrorIds.ServerNotTrusted, Format(Strings.ServerNotTrusted, host, inner.Message), inner);

    /// <summary>The service keeps saying 429.</summary>
    internal static MailboxException Throttled(TimeSpan pause) =>
        new(MailboxErrorIds.MailboxThrottled, Format(Strings.MailboxThrottled, (int)pause.TotalSeconds));

    /// <summary>The base address is neither one of Microsoft Graph's nor that of a sandbox.</summary>
    internal static MailboxException HostNotAllowed(string host) =>
        new(MailboxErrorIds.MailboxHostNotAllowed, Format(Strings.MailboxHostNotAllowed, host));

    /// <summary>A message with its values.</summary>
    internal static string Format(string text, params object[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
