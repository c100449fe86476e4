using PstMigration.Mapi;
using PstMigration.Pst.Compat;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>A file on disk that is changed where it lies, by one writer while others may read it. Every error is a <see cref="PstException"/>.</summary>
internal sealed class EditedFile : IDurableFile
{
    private readonly string _path;
    private readonly string _full;
    private readonly PositionedFile _file;
    private readonly WriterLock _lock;

    /// <summary>Bytes the file has at least, unless another program cuts it.</summary>
    private long _known;

    private EditedFile(string path, string full, PositionedFile file, WriterLock taken)
    {
        _path = path;
        _full = full;
        _file = file;
        _lock = taken;
        _known = file.Length;
    }

    /// <inheritdoc/>
    public long Length => Guard(() => _file.Length);

    /// <summary>Opens a file for writing.</summary>
    /// <exception cref="PstException">PstNotFound, PstIsDirectory, PstInUse, PstNotWritable: it may only be read; PstReadFailed.</exception>
    public static EditedFile Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw PstException.IsDirectory(path);
        }

        WriterLock? taken = null;
        try
        {
            string full = FileIdentity.Resolve(path);
            if (!File.Exists(full))
            {
                throw PstException.NotFound(path);
            }

            taken = WriterLock.Take(full);
            return new EditedFile(path, full, new PositionedFile(full, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete), taken);
        }
        catch (Exception e)
        {
            taken?.Dispose();
            throw e switch
            {
                FileNotFoundException or DirectoryNotFoundException or ArgumentException or NotSupportedException => PstException.NotFound(path),
                UnauthorizedAccessException => PstWriteError.ReadOnly(path, e),
                _ when FileSharing.IsInUse(e) => PstException.InUse(path, e),
                _ when FileSharing.IsWriteProtected(e) => PstWriteError.ReadOnly(path, e),
                IOException => PstException.ReadFailed(path, e),
                _ => e,
            };
        }
    }

    /// <inheritdoc/>
    public int ReadAt(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset > long.MaxValue - buffer.Length)
        {
            return 0;
        }

        try
        {
            int total = 0;
            int count;
            while (total < buffer.Length && (count = _file.Read(offset + total, buffer[total..])) > 0)
            {
                total += count;
            }

            if (total < buffer.Length)
            {
                CheckLength();
            }

            return total;
        }
        catch (IOException e)
        {
            throw PstException.ReadFailed(_path, e);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Before each write: the next one makes a file that was cut as long again as it was, with zeros where it had something.</remarks>
    public void WriteAt(long offset, byte[] bytes, int count)
    {
        CheckLength();
        Guard(() =>
        {
            _file.Write(offset, bytes, count);
            return 0L;
        });
        _known = Math.Max(_known, offset + count);
    }

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        CheckLength();
        Guard(() =>
        {
            _file.SetLength(length);
            return 0L;
        });
        _known = length;
    }

    /// <inheritdoc/>
    /// <remarks>Bytes of a file that was deleted meanwhile reach the medium, too, and nobody would ever see them: that is an error.</remarks>
    public void Flush()
    {
        CheckLength();
        Guard(() =>
        {
            _file.Flush();
            return 0L;
        });
        if (!_file.IsAt(_full))
        {
            throw PstWriteError.Removed(_path);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private void CheckLength()
    {
        if (Length < _known)
        {
            throw PstWriteError.ChangedByAnother(_path);
        }
    }

    private long Guard(Func<long> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PstWriteError.Failed(_path, e);
        }
    }
}
