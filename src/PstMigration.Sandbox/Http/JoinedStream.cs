using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>Several streams read one after the other, each opened when its turn comes.</summary>
internal sealed class JoinedStream(IReadOnlyList<Func<Stream>> parts) : ForwardStream
{
    private Stream? _current;
    private int _next;

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            if (_current is null)
            {
                if (_next == parts.Count)
                {
                    return 0;
                }

                _current = parts[_next++]();
            }

            int read = _current.Read(buffer, offset, count);
            if (read > 0)
            {
                return read;
            }

            _current.Dispose();
            _current = null;
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current?.Dispose();
        }

        base.Dispose(disposing);
    }
}
