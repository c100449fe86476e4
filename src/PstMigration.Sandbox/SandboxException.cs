using System;
using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>The sandbox's file cannot be opened or used.</summary>
public sealed class SandboxException : MailDataException
{
    /// <summary>An error about a sandbox's file.</summary>
    public SandboxException(string id, string message, Exception? innerException = null)
        : base(id, message, innerException)
    {
    }

    internal static SandboxException InUse(string path, Exception cause) =>
        new("SandboxInUse", string.Format(CultureInfo.CurrentCulture, Strings.SandboxInUse, path), cause);

    internal static SandboxException NotASandbox(string path, Exception? cause = null) =>
        new("NotASandbox", string.Format(CultureInfo.CurrentCulture, Strings.NotASandbox, path), cause);

    internal static SandboxException CannotOpen(string path, Exception cause) =>
        new("SandboxCannotOpen", string.Format(CultureInfo.CurrentCulture, Strings.SandboxCannotOpen, path, cause.Message), cause);

    internal static SandboxException NoSqlite(string path, Exception? cause = null) =>
        new("SqliteMissing", string.Format(CultureInfo.CurrentCulture, Strings.SqliteMissing, path), cause);
}
