using System.Security.Cryptography;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Copies of finished files: made beside their place, read again, and put into it only where both have the same SHA-256.</summary>
internal static class BackupCopy
{
    private const int BufferSize = 1024 * 1024;

    /// <summary>What is written at once of a file that is brought up to date: small enough that few equal bytes are written, and large enough that a file does not end in a thousand pieces.</summary>
    private const int BlockSize = 64 * 1024;

    /// <summary>Of how many blocks two files that should be the same are compared.</summary>
    private const int Samples = 16;

    /// <summary>Copies a file. Where the file system lets both share what is on the disk, nothing is read or written.</summary>
    /// <returns>Bytes written.</returns>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing; BackupNotSound where the copy reads otherwise than the file.</exception>
    public static long Copy(string source, string target, CancellationToken cancellationToken) => Make(target, unfinished =>
    {
        using FileStream from = Open(source);
        byte[] written;
        using (FileStream to = AtomicFile.Create(unfinished, FileAccess.Write, BufferSize))
        {
            if (FileClone.TryClone(from, to))
            {
                to.Flush(flushToDisk: true);
                return 0;
            }

            written = Copy(from, to, cancellationToken);
            to.Flush(flushToDisk: true);
        }

        Verify(unfinished, target, written, cancellationToken);
        return from.Length;
    });

    /// <summary>
    /// Brings an older copy of a file up to date. Where the file system can clone a file, of a clone of the older copy only the blocks that differ are written; elsewhere the whole file is. The older copy is as it was until the
    /// new one takes its place, so that a run may be killed at any instant.
    /// </summary>
    /// <returns>Bytes written.</returns>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing; BackupNotSound where the copy reads otherwise than the file.</exception>
    public static long Update(string source, string target, CancellationToken cancellationToken)
    {
        long? patched = File.Exists(target) ? Make(target, unfinished => TryPatch(source, target, unfinished, cancellationToken)) : null;
        return patched ?? Copy(source, target, cancellationToken);
    }

    /// <summary>Makes a clone of a file, where the file system can; else nothing.</summary>
    /// <exception cref="IOException">The file cannot be read, or the clone not be made.</exception>
    public static void TryClone(string source, string target)
    {
        bool isCloned;
        using (FileStream from = Open(source))
        using (FileStream to = AtomicFile.Create(target, FileAccess.Write, bufferSize: 1))
        {
            isCloned = FileClone.TryClone(from, to);
        }

        if (!isCloned)
        {
            AtomicFile.Discard(target);
        }
    }

    /// <summary>Whether two files exist, are of one length, and have the same blocks at their beginning, at their end and in between: what a file was cut, emptied or exchanged does not pass. Reads 1 MiB of each.</summary>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public static bool LooksSame(string one, string other)
    {
        if (!File.Exists(one) || !File.Exists(other))
        {
            return false;
        }

        using FileStream first = Open(one, bufferSize: 1);
        using FileStream second = Open(other, bufferSize: 1);
        byte[] wanted = new byte[BlockSize];
        byte[] there = new byte[BlockSize];
        long last = Math.Max(0, first.Length - BlockSize);
        for (int sample = 0; sample < Samples; sample++)
        {
            first.Position = second.Position = last / (Samples - 1) * sample + (sample == Samples - 1 ? last % (Samples - 1) : 0);
            int length = first.Fill(wanted);
            if (first.Length != second.Length || second.Fill(there) != length || !wanted.AsSpan(0, length).SequenceEqual(there.AsSpan(0, length)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The SHA-256 of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Hash(string path, CancellationToken cancellationToken)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferSize);
        return Copy(file, Stream.Null, cancellationToken);
    }

    /// <summary>Has an unfinished file made, and gives it its name. Where nothing was made the file in its place stays.</summary>
    private static T Make<T>(string target, Func<string, T> make)
    {
        string unfinished = target + AtomicFile.Suffix;
        T made = default!;
        BackupFiles.Guard(target, () =>
        {
            try
            {
                made = make(unfinished);
            }
            catch
            {
                AtomicFile.Discard(unfinished);
                throw;
            }

            if (made is null)
            {
                AtomicFile.Discard(unfinished);
            }
            else
            {
                AtomicFile.Finish(target, replace: true);
            }
        });
        return made;
    }

    /// <summary>Makes a clone of the older copy the same as a file.</summary>
    /// <returns>Bytes written; null where the file system has no clones.</returns>
    private static long? TryPatch(string source, string older, string unfinished, CancellationToken cancellationToken)
    {
        long written = 0;
        byte[] hash;
        using (FileStream to = AtomicFile.Create(unfinished, FileAccess.ReadWrite, bufferSize: 1))
        {
            using (FileStream old = Open(older))
            {
                if (!FileClone.TryClone(old, to))
                {
                    return null;
                }
            }

            using FileStream from = Open(source);
            using IncrementalHash hashing = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] wanted = new byte[BlockSize];
            byte[] there = new byte[BlockSize];
            for (long position = 0; from.Fill(wanted) is var length && length > 0; position += length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hashing.AppendData(wanted, 0, length);
                to.Position = position;
                if (to.Fill(there) < length || !wanted.AsSpan(0, length).SequenceEqual(there.AsSpan(0, length)))
                {
                    to.Position = position;
                    to.Write(wanted, 0, length);
                    written += length;
                }
            }

            DiskSpace.SetLength(to, from.Length);
            to.Flush(flushToDisk: true);
            hash = hashing.GetHashAndReset();
        }

        Verify(unfinished, older, hash, cancellationToken);
        return written;
    }

    private static void Verify(string unfinished, string target, byte[] expected, CancellationToken cancellationToken)
    {
        using FileStream again = Open(unfinished);
        if (!Copy(again, Stream.Null, cancellationToken).SequenceEqual(expected))
        {
            throw new MailDataException(BackupErrorIds.BackupNotSound, LocalText.Format(Strings.BackupCopyDiffers, target));
        }
    }

    private static FileStream Open(string path, int bufferSize = BufferSize) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize);

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
