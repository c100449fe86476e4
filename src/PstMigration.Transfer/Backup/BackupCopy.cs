using System.Security.Cryptography;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Copies of finished files: written beside their place, read again, and put into it only where both have the same SHA-256.</summary>
internal static class BackupCopy
{
    private const int BufferSize = 1024 * 1024;

    /// <summary>Copies a file.</summary>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing; BackupNotSound where the copy reads otherwise than the file.</exception>
    public static void Copy(string source, string target, CancellationToken cancellationToken) => BackupFiles.Guard(target, () =>
    {
        string unfinished = target + AtomicFile.Suffix;
        try
        {
            byte[] written;
            using (FileStream from = new(source, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize))
            using (FileStream to = AtomicFile.Create(unfinished, FileAccess.Write, BufferSize))
            {
                written = Copy(from, to, cancellationToken);
                to.Flush(flushToDisk: true);
            }

            using FileStream again = new(unfinished, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
            if (!Copy(again, Stream.Null, cancellationToken).SequenceEqual(written))
            {
                throw new MailDataException(BackupErrorIds.BackupNotSound, string.Format(Strings.Culture, Strings.BackupCopyDiffers, target));
            }
        }
        catch
        {
            AtomicFile.Discard(unfinished);
            throw;
        }

        AtomicFile.Finish(target, replace: true);
    });

    /// <summary>The SHA-256 of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Hash(string path, CancellationToken cancellationToken)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferSize);
        return Copy(file, Stream.Null, cancellationToken);
    }

    private static byte[] Copy(Stream from, Stream to, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferSize];
        for (int read; (read = from.Read(buffer, 0, buffer.Length)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            to.Write(buffer, 0, read);
        }

        return hash.GetHashAndReset();
    }
}
