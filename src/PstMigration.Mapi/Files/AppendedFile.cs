using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>
/// A file of our own that several processes add to at the same time, and only add to: what one adds stays in one piece, and takes nobody else's place. It is made on Unix of mode 0600; a link
/// in its place is not followed.
/// </summary>
public sealed class AppendedFile : IDisposable
{
    private readonly FileStream _stream;

    private AppendedFile(FileStream stream) => _stream = stream;

    /// <summary>Refuses what is no file of our own: a directory, a link, a pipe, a device.</summary>
    /// <param name="path">The name of a file, or of nothing yet.</param>
    /// <exception cref="NotAFileException">It is a link, or no file.</exception>
    /// <exception cref="PathOfOtherKindException">It is a directory.</exception>
    public static void Check(string path)
    {
        if (AloneFile.IsLink(LongPath.Of(path ?? throw new ArgumentNullException(nameof(path)))))
        {
            throw NotAFileException.OfLink(path);
        }

        FilePlace.Check(path);
        PlainFile.Check(path);
    }

    /// <summary>Opens the file, or makes it. A line without its end, which a process that was killed has left, gets one.</summary>
    /// <exception cref="IOException">It is no file, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static AppendedFile Open(string path)
    {
        Check(path);
        FileStream stream = AloneFile.OpenToAppend(LongPath.Of(path));
        try
        {
            AppendedFile file = new(stream);
            if (stream.Length > 0)
            {
                stream.Seek(-1, SeekOrigin.End);
                if (stream.ReadByte() != '\n')
                {
                    file.Append([(byte)'\n']);
                }
            }

            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Adds bytes at the end.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Append(byte[] bytes) => AloneFile.Append(_stream, bytes ?? throw new ArgumentNullException(nameof(bytes)));

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
