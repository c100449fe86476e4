using System.Buffers;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Writes files, and says in a stable way why it cannot.</summary>
internal static class WholeFile
{
    private const int BufferSize = 32 * 1024;

    // Outside of what a file system of any kind holds.
    private static readonly DateTimeOffset s_earliest = new(1980, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_latest = new(2107, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes an unfinished file, which gets its name later. What is left of one that could not be written is taken away.</summary>
    /// <param name="unfinished">The full path of the unfinished file; one that exists is an earlier run's.</param>
    /// <param name="time">The time it gets; null for the present.</param>
    /// <param name="write">Writes the content. What goes wrong where it reads from is thrown as it is.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public static long Write(string unfinished, DateTimeOffset? time, Action<Stream> write)
    {
        FileStream file = Guard(unfinished, () => AtomicFile.Create(unfinished, FileAccess.Write, bufferSize: 1));

        // One that is used again: those of files of their own were a quarter of all memory an export asked for.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            GuardedStream stream = new(file, unfinished, buffer);
            using (stream)
            {
                write(stream);
                stream.Flush();
            }

            SetTime(unfinished, time);
            return stream.Written;
        }
        catch
        {
            AtomicFile.Discard(unfinished);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sets the time of a file or directory; a time no file system holds is left out.</summary>
    /// <exception cref="MailDataException">AccessDenied, TreeWriteFailed.</exception>
    public static void SetTime(string path, DateTimeOffset? time, bool isDirectory = false)
    {
        if (time is DateTimeOffset known && known > s_earliest && known < s_latest)
        {
            string full = LongPath.Of(path);
            Guard(path, () =>
            {
                if (isDirectory)
                {
                    Directory.SetLastWriteTimeUtc(full, known.UtcDateTime);
                }
                else
                {
                    File.SetLastWriteTimeUtc(full, known.UtcDateTime);
                }
            });
        }
    }

    /// <inheritdoc cref="Guard{T}"/>
    public static void Guard(string path, Action action) => Guard(path, () =>
    {
        action();
        return true;
    });

    /// <summary>Does something to the file system.</summary>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Translate(path, e);
        }
    }

    /// <summary>The typed error of one of the file system.</summary>
    public static MailDataException Translate(string path, Exception e) =>
        e is UnauthorizedAccessException ? new MailDataException(FileErrorIds.AccessDenied, string.Format(Strings.Culture, Strings.ExportAccessDenied, path), e)
        : e is NotAFileException ? new MailDataException(FileErrorIds.NotAFile, e.Message, e)
        : e is PathOfOtherKindException ? new MailDataException(FileErrorIds.PathOfOtherKind, e.Message, e)
        : DiskSpace.IsExhausted(e) ? new MailDataException(FileErrorIds.DiskFull, string.Format(Strings.Culture, Strings.ExportDiskFull, path), e)
        : new MailDataException(FormatErrorIds.TreeWriteFailed, string.Format(Strings.Culture, Strings.TreeWriteFailed, path, e.Message), e);
}
