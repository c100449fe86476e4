#if NETFRAMEWORK
using System.Net.Http;

namespace PstMigration.Sandbox;

/// <summary>What .NET has and .NET Framework does not.</summary>
internal static class HttpContentExtensions
{
    /// <summary>The content's stream; the framework cannot stop waiting for it.</summary>
    public static Task<Stream> ReadAsStreamAsync(this HttpContent content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return content.ReadAsStreamAsync();
    }
}
#endif
