using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Reads an attachment piece by piece into one buffer. Going on is free; going back opens it again and reads up to there, unless its stream can seek.</summary>
internal sealed class PieceReader(BinarySource content, int largest) : IDisposable
{
    private Stream? _stream;
    private long _position;
    private long _start;
    private int _count;

    /// <summary>The piece that was read last, from the beginning.</summary>
    public byte[] Bytes { get; } = new byte[largest];

    /// <summary>Reads the bytes from <paramref name="start"/>.</summary>
    /// <returns>How many: all that are wanted.</returns>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public async Task<int> ReadAsync(long start, int wanted, CancellationToken cancellationToken)
    {
        if (start == _start && wanted == _count)
        {
            // Sent again.
            return wanted;
        }

        _count = 0;
        await MoveAsync(start, cancellationToken).ConfigureAwait(false);
        await FillAsync(wanted, cancellationToken).ConfigureAwait(false);
        (_start, _count) = (start, wanted);
        return wanted;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private async Task MoveAsync(long start, CancellationToken cancellationToken)
    {
        if (_stream is { CanSeek: true } && start != _position)
        {
            _position = _stream.Seek(start, SeekOrigin.Begin);
        }
        else if (_stream is null || start < _position)
        {
            _stream?.Dispose();
            (_stream, _position) = (content.OpenRead(), 0);
        }

        while (_position < start)
        {
            await FillAsync((int)Math.Min(Bytes.Length, start - _position), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FillAsync(int wanted, CancellationToken cancellationToken)
    {
        for (int filled = 0; filled < wanted;)
        {
            int read = await _stream!.ReadAsync(Bytes, filled, wanted - filled, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new EndOfStreamException("The attachment ends before its stated length.");
            }

            filled += read;
            _position += read;
        }
    }
}
