using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// A file written beside the place it is for, as <c>name.partial</c>, and renamed into it when it is complete and on the
/// medium. Every error is a <see cref="PstException"/>.
/// </summary>
internal sealed class PartialFile : IFileOutput
{
    private readonly string _path;
    private readonly string _partial;
    private readonly bool _replace;
    private readonly FileStream _stream;
    private bool _committed;

    private PartialFile(string path, bool replace, Func<string, FileStream> open)
    {
        _path = Path.GetFullPath(path);
        _partial = _path + AtomicFile.Suffix;
        _replace = replace;
        CheckTarget();
        _stream = open(_partial);
    }

    /// <inheritdoc/>
    public bool HasFailed { get; private set; }

    /// <inheritdoc/>
    public long Length => _stream.Length;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it is to be.</param>
    /// <param name="replace">Whether it may take the place of another.</param>
    /// <param name="open">Opens the partial file for reading and writing, alone; null for the usual way.</param>
    /// <exception cref="PstException">PstExists, PstIsDirectory, PstInUse, PstAccessDenied, PstDirectoryNotFound, PstWriteFailed.</exception>
    public static PartialFile Create(string path, bool replace, Func<string, FileStream>? open = null)
    {
        try
        {
            return new PartialFile(path, replace, open ?? Open);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Translate(path, e);
        }
    }

    /// <inheritdoc/>
    public int ReadAt(long offset, Span<byte> buffer)
    {
        byte[] bytes = new byte[buffer.Length];
        int total = 0;
        Guard(() =>
        {
            _stream.Position = offset;
            total = _stream.Fill(bytes);
        });
        bytes.AsSpan(0, total).CopyTo(buffer);
        return total;
    }

    /// <inheritdoc/>
    public void WriteAt(long offset, byte[] bytes, int count) => Guard(() =>
    {
        _stream.Position = offset;
        _stream.Write(bytes, 0, count);
    });

    /// <inheritdoc/>
    public void SetLength(long length) => Guard(() => DiskSpace.SetLength(_stream, length));

    /// <summary>Waits until the bytes are on the medium and puts the file in its place.</summary>
    /// <exception cref="PstException">As for <see cref="Create"/>; the file that was there is as it was.</exception>
    public void Commit()
    {
        Guard(() =>
        {
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            CheckTarget();
            AtomicFile.Finish(_partial, _path, _replace);
        });
        _committed = true;
    }

    /// <summary>Closes the file and deletes it if it was not completed.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (!_committed)
        {
            AtomicFile.Discard(_partial);
        }
    }

    // Buffer 1 switches buffering off.
    private static FileStream Open(string path) => AtomicFile.Create(path, FileAccess.ReadWrite, bufferSize: 1);

    private static PstException Translate(string path, Exception e) => e switch
    {
        UnauthorizedAccessException => PstException.AccessDenied(path, e),
        DirectoryNotFoundException => PstWriteError.DirectoryNotFound(path, e),
        _ when FileSharing.IsInUse(e) => PstException.InUse(path, e),
        _ => PstWriteError.Failed(path, e),
    };

    // A file that may be replaced must be one, not be open anywhere and be writable.
    private void CheckTarget()
    {
        PlainFile.Check(_path);
        if (Directory.Exists(LongPath.Of(_path)))
        {
            throw PstException.IsDirectory(_path);
        }

        if (!File.Exists(LongPath.Of(_path)))
        {
            return;
        }

        if (!_replace)
        {
            throw PstWriteError.Exists(_path);
        }

        new FileStream(LongPath.Of(_path), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            HasFailed = true;
            if (e is IOException or UnauthorizedAccessException)
            {
                throw Translate(_path, e);
            }

            throw;
        }
    }
}
