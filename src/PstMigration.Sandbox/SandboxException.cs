using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>The sandbox's file cannot be opened or used.</summary>
public sealed class SandboxException : MailDataException
{
    /// <summary>An error about a sandbox's file.</summary>
    public SandboxException(ErrorId error, string message, Exception? innerException = null)
        : base(error, message, innerException)
    {
    }

    /// <summary>There is no file of a sandbox that has to exist.</summary>
    public static SandboxException NotFound(string path) => new(SandboxErrorIds.SandboxNotFound, string.Format(CultureInfo.CurrentCulture, Strings.SandboxNotFound, path));

    /// <summary>What opening a file that could not be opened is called here; null where the error says it as well.</summary>
    internal static SandboxException? From(StorageException e, string path) => e.Problem switch
    {
        StorageProblem.InUse => new SandboxException(SandboxErrorIds.SandboxInUse, string.Format(CultureInfo.CurrentCulture, Strings.SandboxInUse, path), e),
        StorageProblem.NotRecognized or StorageProblem.TooNew =>
            new SandboxException(SandboxErrorIds.NotASandbox, string.Format(CultureInfo.CurrentCulture, Strings.NotASandbox, path), e),
        StorageProblem.Failed or StorageProblem.AccessDenied => new SandboxException(
            SandboxErrorIds.SandboxCannotOpen, string.Format(CultureInfo.CurrentCulture, Strings.SandboxCannotOpen, path, e.Detail), e),
        _ => null,
    };
}
