using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PstMigration.Sandbox;

/// <summary>What the two frameworks do differently.</summary>
internal static class Platform
{
    /// <summary>Makes an empty file only its owner can read; on Windows the folder's rights decide.</summary>
    /// <exception cref="IOException">The file exists, or cannot be made.</exception>
    public static void CreateOwnerOnly(string path)
    {
#if NETFRAMEWORK
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
#else
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(path, options);
#endif
    }

    /// <summary>The content's stream.</summary>
    public static Task<Stream> ReadStreamAsync(HttpContent content, CancellationToken cancellationToken) =>
#if NETFRAMEWORK
        content.ReadAsStreamAsync();
#else
        content.ReadAsStreamAsync(cancellationToken);
#endif

    /// <summary>Waits by <paramref name="time"/>'s clock.</summary>
    public static Task DelayAsync(TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
#if NETFRAMEWORK
        time.Delay(delay, cancellationToken);
#else
        Task.Delay(delay, time, cancellationToken);
#endif
}
