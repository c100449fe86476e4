using System.Text;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>Tells files from what only has a name among them: pipes, sockets and devices, which would keep a reader waiting for ever.</summary>
public static class PlainFile
{
    /// <summary>Refuses a pipe, a socket or a device, and a link to one.</summary>
    /// <param name="path">The name of a file, or of nothing yet.</param>
    /// <exception cref="NotAFileException">It is one.</exception>
    public static void Check(string path)
    {
        if (AloneFile.IsSpecial(LongPath.Of(path ?? throw new ArgumentNullException(nameof(path)))))
        {
            throw new NotAFileException(path);
        }
    }

    /// <summary>Opens a file for reading that others may be reading, changing or deleting.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="bufferSize">Bytes of the stream's buffer; 1 for none.</param>
    /// <exception cref="IOException">It is no file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream OpenRead(string path, int bufferSize)
    {
        Check(path);
        return new FileStream(LongPath.Of(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize);
    }

    /// <summary>Reads all of a text in UTF-8.</summary>
    /// <exception cref="IOException">It is no file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string ReadAllText(string path)
    {
        Check(path);
        return File.ReadAllText(LongPath.Of(path), Encoding.UTF8);
    }

    /// <summary>Reads all of a file.</summary>
    /// <inheritdoc cref="ReadAllText"/>
    public static byte[] ReadAllBytes(string path)
    {
        Check(path);
        return File.ReadAllBytes(LongPath.Of(path));
    }

    /// <summary>Opens a file to read and write it, shared with all; where there is none, makes one, on Unix of mode 0600.</summary>
    /// <exception cref="IOException">It is no file, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream OpenOrCreate(string path, int bufferSize)
    {
        Check(path);
        return AloneFile.OpenOrCreate(LongPath.Of(path), bufferSize);
    }

    /// <summary>Whether the name a file was opened by still stands for it: it may have been deleted, or another put into its place.</summary>
    public static bool IsInPlace(FileStream stream, string path) =>
        AloneFile.IsInPlace(stream ?? throw new ArgumentNullException(nameof(stream)), LongPath.Of(path ?? throw new ArgumentNullException(nameof(path))));
}
