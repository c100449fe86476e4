using System;
using System.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Writes one file whole or not at all, and says in a stable way why it cannot.</summary>
internal static class WholeFile
{
    private const int BufferSize = 32 * 1024;

    // Windows: ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL; elsewhere ENOSPC and EDQUOT, on Linux and macOS.
    private static readonly int[] s_full = [unchecked((int)0x80070027), unchecked((int)0x80070070), 28, 122, 69];

    /// <summary>Writes a file beside its place and renames it.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="time">The time it gets; null for the present.</param>
    /// <param name="replace">Whether it may take the place of another.</param>
    /// <param name="write">Writes the content.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="MailDataException">What <paramref name="write"/> throws; AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public static long Write(string path, DateTimeOffset? time, bool replace, Action<Stream> write) => Write(path, path + Partial.Suffix, time, replace, write);

    /// <summary>Writes a file in another place and moves it.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="unfinished">The full path of what is not finished, on the same volume; a file that is there is an earlier run's.</param>
    /// <param name="time">The time it gets; null for the present.</param>
    /// <param name="replace">Whether it may take the place of another.</param>
    /// <param name="write">Writes the content.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="MailDataException">What <paramref name="write"/> throws; AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public static long Write(string path, string unfinished, DateTimeOffset? time, bool replace, Action<Stream> write)
    {
        string full = LongPath.Of(path);
        string begun = LongPath.Of(unfinished);
        try
        {
            return Guard(path, () =>
            {
                long bytes;
                using (FileStream stream = new(begun, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize))
                {
                    write(stream);
                    bytes = stream.Length;
                }

                TreeMessage.SetTime(begun, time);
                Partial.Finish(begun, full, replace);
                return bytes;
            });
        }
        catch
        {
            Partial.Discard(begun);
            throw;
        }
    }

    /// <summary>Whether an error is about where files are written, and so about all that come, and not about what is written.</summary>
    public static bool IsAboutPlace(MailDataException e) => e.Id is "AccessDenied" or "DiskFull" or "TreeWriteFailed";

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
        catch (MailDataException e) when (e.Id == "TreeWriteFailed" && e.InnerException is Exception inner)
        {
            throw Translate(path, inner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Translate(path, e);
        }
    }

    /// <summary>The typed error of one of the file system.</summary>
    public static MailDataException Translate(string path, Exception e) =>
        e is UnauthorizedAccessException ? new MailDataException("AccessDenied", string.Format(Strings.Culture, Strings.ExportAccessDenied, path), e)
        : Array.IndexOf(s_full, e.HResult) >= 0 ? new MailDataException("DiskFull", string.Format(Strings.Culture, Strings.ExportDiskFull, path), e)
        : TreeFiles.WriteFailed(path, e);
}
