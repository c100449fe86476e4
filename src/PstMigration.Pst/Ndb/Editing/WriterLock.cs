using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// Keeps a second writer out. On Windows the open file itself does, as it shares reading only. Elsewhere such shares bind nobody: there a
/// file <c>name.lock</c> beside it is held open alone, which .NET makes a lock (flock) that ends with the process, and removed at the end.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private const string Suffix = ".lock";
    private const int Attempts = 3;

    private readonly string? _path;
    private readonly FileStream? _stream;

    private WriterLock(string path)
    {
        _path = path;
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
    }

    private WriterLock()
    {
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The data file, by the name everybody finds it under.</param>
    /// <exception cref="IOException">Somebody has it; or the file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be made.</exception>
    public static WriterLock Take(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return new WriterLock();
        }

        for (int attempt = 1; ; attempt++)
        {
            WriterLock taken = new(path + Suffix);
            try
            {
                if (taken.IsInPlace())
                {
                    return taken;
                }
            }
            catch
            {
                taken.Dispose();
                throw;
            }

            // Its last owner removed it between our opening and our locking it: what we hold is no longer there.
            taken._stream!.Dispose();
            if (attempt == Attempts)
            {
                throw new IOException("The lock file is being replaced all the time.", AdvisoryLock);
            }
        }
    }

    /// <summary>The HResult of a lock somebody else has: EAGAIN.</summary>
    private const int AdvisoryLock = 11;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stream is null)
        {
            return;
        }

        try
        {
            // Before it is let go: who opens it from now on makes another.
            File.Delete(_path!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays behind and locks nobody out.
        }

        _stream.Dispose();
    }

    // .NET does not tell which file a name stands for. A length nobody else would choose does.
    private bool IsInPlace()
    {
        byte[] random = new byte[sizeof(int)];
        using (RandomNumberGenerator generator = RandomNumberGenerator.Create())
        {
            generator.GetBytes(random);
        }

        long length = 1 + (BitConverter.ToUInt32(random, 0) & 0xFFFFFF);
        _stream!.SetLength(length);
        FileInfo found = new(_path!);
        bool isInPlace = found.Exists && found.Length == length;
        _stream.SetLength(0);
        return isInPlace;
    }
}
