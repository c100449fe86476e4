using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>Reads a content forward, one piece in memory at a time. It goes through the store's door for each piece, never inside it.</summary>
internal sealed class ContentStream(MailboxStore store, long number, long length) : ForwardStream
{
    private byte[] _piece = [];
    private int _used;
    private long _position;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position >= length || count == 0)
        {
            return 0;
        }

        if (_used == _piece.Length)
        {
            _piece = store.Run(() => store.Contents.Piece(number, _position, length));
            _used = 0;
        }

        int read = Math.Min(count, _piece.Length - _used);
        Buffer.BlockCopy(_piece, _used, buffer, offset, read);
        _used += read;
        _position += read;
        return read;
    }
}
