using System.Collections.Concurrent;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The keys (<see cref="TreeKey"/>) that prove messages of a source: those of the directory a file lies in and of all above it, so that a part of an exported tree is known as well as the whole.</summary>
internal sealed class TreeKeys
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<byte[]>> _keys = new(StringComparer.Ordinal);

    /// <summary>The keys for one file of which nothing else is asked.</summary>
    /// <param name="path">The file's full path.</param>
    public static IReadOnlyList<byte[]> Of(string path) => new TreeKeys().Beside(path);

    /// <summary>The keys for a file.</summary>
    /// <param name="path">Its full path.</param>
    public IReadOnlyList<byte[]> Beside(string path) => Path.GetDirectoryName(path) is { Length: > 0 } directory ? _keys.GetOrAdd(directory, Find) : [];

    private IReadOnlyList<byte[]> Find(string directory)
    {
        IReadOnlyList<byte[]> own = TreeKey.Read(directory);
        IReadOnlyList<byte[]> above = Beside(directory);
        return own.Count == 0 ? above : [.. own, .. above];
    }
}
