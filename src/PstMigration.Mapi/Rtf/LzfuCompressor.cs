namespace PstMigration.Mapi;

/// <summary>
/// Greedy LZFu: the longest match of 2 to 17 bytes in the ring, found through chains of positions that start with the same
/// two bytes. Chains are followed to a fixed depth, so that no text makes it slow.
/// </summary>
internal sealed class LzfuCompressor
{
    private const int RingSize = 4096;
    private const int MinimumMatch = 2;
    private const int MaximumMatch = 17;
    private const int MaximumChain = 64;
    private const int None = -1;

    private readonly byte[] _ring;

    /// <summary>By two bytes: the newest position that starts with them.</summary>
    private readonly int[] _heads = new int[65536];

    /// <summary>By position: the two bytes it is chained under, and its neighbours in that chain.</summary>
    private readonly int[] _keys = new int[RingSize];
    private readonly int[] _older = new int[RingSize];
    private readonly int[] _newer = new int[RingSize];

    private readonly List<byte> _output;
    private int _write;
    private int _control = -1;
    private int _controlBit = 8;

    public LzfuCompressor(int sizeHint)
    {
        _output = new List<byte>(CompressedRtfHeader.Size + (sizeHint / 2) + 16);
        _heads.AsSpan().Fill(None);
        _keys.AsSpan().Fill(None);

        _ring = CompressedRtf.NewRing(out _write);
        for (int i = 0; i + 1 < _write; i++)
        {
            Link(i);
        }
    }

    public byte[] Compress(ReadOnlySpan<byte> rtf)
    {
        for (int at = 0; at < rtf.Length;)
        {
            int length = FindMatch(rtf[at..], out int offset);
            if (length < MinimumMatch)
            {
                length = 1;
                BeginToken(isReference: false);
                _output.Add(rtf[at]);
            }
            else
            {
                AddReference(offset, length);
            }

            for (int end = at + length; at < end; at++)
            {
                Put(rtf[at]);
            }
        }

        AddReference(_write, MinimumMatch);
        byte[] value = new byte[CompressedRtfHeader.Size + _output.Count];
        _output.CopyTo(value, CompressedRtfHeader.Size);
        uint crc = MapiCrc.Compute(value.AsSpan(CompressedRtfHeader.Size));
        CompressedRtfHeader.Compressed(_output.Count, rtf.Length, crc).Write(value);
        return value;
    }

    private int FindMatch(ReadOnlySpan<byte> ahead, out int offset)
    {
        offset = 0;
        if (ahead.Length < MinimumMatch)
        {
            return 0;
        }

        int best = 0;
        int limit = Math.Min(MaximumMatch, ahead.Length);
        int candidate = _heads[(ahead[0] << 8) | ahead[1]];
        for (int steps = 0; candidate != None && steps < MaximumChain && best < limit; steps++, candidate = _older[candidate])
        {
            // A reference to the write position means the end, and what is beyond it is about to be overwritten.
            int length = 0;
            for (int from = candidate; from != _write && length < limit && _ring[from] == ahead[length]; from = (from + 1) % RingSize)
            {
                length++;
            }

            if (length > best)
            {
                best = length;
                offset = candidate;
            }
        }

        return best;
    }

    /// <summary>Puts a byte into the ring, and the position before it, whose two bytes are known now, into its chain.</summary>
    private void Put(byte b)
    {
        Unlink((_write + RingSize - 1) % RingSize);
        Unlink(_write);
        _ring[_write] = b;
        Link((_write + RingSize - 1) % RingSize);
        _write = (_write + 1) % RingSize;
    }

    private int KeyAt(int position) => (_ring[position] << 8) | _ring[(position + 1) % RingSize];

    private void Link(int position)
    {
        int key = KeyAt(position);
        int head = _heads[key];
        _keys[position] = key;
        _older[position] = head;
        _newer[position] = None;
        if (head != None)
        {
            _newer[head] = position;
        }

        _heads[key] = position;
    }

    private void Unlink(int position)
    {
        int key = _keys[position];
        if (key == None)
        {
            return;
        }

        int newer = _newer[position];
        int older = _older[position];
        if (newer == None)
        {
            _heads[key] = older;
        }
        else
        {
            _older[newer] = older;
        }

        if (older != None)
        {
            _newer[older] = newer;
        }

        _keys[position] = None;
    }

    private void AddReference(int offset, int length)
    {
        BeginToken(isReference: true);
        int reference = (offset << 4) | (length - MinimumMatch);
        _output.Add((byte)(reference >> 8));
        _output.Add((byte)reference);
    }

    private void BeginToken(bool isReference)
    {
        if (_controlBit == 8)
        {
            _controlBit = 0;
            _control = _output.Count;
            _output.Add(0);
        }

        if (isReference)
        {
            _output[_control] |= (byte)(1 << _controlBit);
        }

        _controlBit++;
    }
}
