using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What a data file is known by without reading all of it: whoever writes to one writes its header ([MS-PST] 2.2.2.6: dwUnique changes with each).</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Written">When it was last written, UTC.</param>
/// <param name="Header">SHA-256 of its first 4096 bytes, in hex.</param>
public sealed record FileStamp(long Length, DateTime Written, string Header)
{
    private const int HeaderLength = 4096;

    /// <summary>Looks at a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStamp Of(string path)
    {
        FileInfo file = new(LongPath.Of(path));
        using FileStream stream = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] header = new byte[Math.Min(HeaderLength, stream.Length)];
        int read = 0;
        for (int count; read < header.Length && (count = stream.Read(header, read, header.Length - read)) > 0; read += count)
        {
        }

        return new FileStamp(stream.Length, file.LastWriteTimeUtc, Hex.Lower(Sha256.Hash(header)));
    }
}
