using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A stream that keeps nothing: it tells whether what is written to it is what a file holds.</summary>
/// <param name="path">The full path of the file.</param>
/// <exception cref="IOException">The file cannot be read.</exception>
/// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
internal sealed class ComparedStream(string path) : SinkStream
{
    private readonly FileStream _file = PlainFile.OpenRead(path, 64 * 1024);
    private bool _isDifferent;

    /// <summary>Whether the file holds what was written so far, and nothing besides.</summary>
    public bool IsWhole => !_isDifferent && _file.Position == _file.Length;

    /// <summary>Whether the file begins with what was written so far.</summary>
    public bool IsSame => !_isDifferent;

    /// <summary>The bytes of the file.</summary>
    public override long Length => _file.Length;

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count && !_isDifferent; i++)
        {
            _isDifferent = _file.ReadByte() != buffer[offset + i];
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
