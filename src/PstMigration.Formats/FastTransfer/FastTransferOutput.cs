using System.Buffers.Binary;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Writes the atoms of a FastTransfer stream into records of at most 31,680 bytes, as Exchange does. A stream may be cut between atoms and inside strings and bytes, never inside anything else
/// ([MS-OXCFXICS] 2.2.4.1); a string never inside a character.
/// </summary>
internal sealed class FastTransferOutput(Stream target)
{
    private const int LargestRecord = 31_680;

    private readonly byte[] _record = new byte[LargestRecord];
    private int _used;

    /// <summary>Writes what comes before the stream proper.</summary>
    public void Begin(FastTransferVersion version)
    {
        byte[] config = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(config.AsSpan(4), FastTransferFrames.MethodCopyTo);
        WriteRecord(FastTransferFrames.Config, config, config.Length);

        byte[] check = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(check, FastTransferFrames.MethodCopyTo);
        FastTransferFrames.MessageInterface.ToByteArray().CopyTo(check, 4);
        BinaryPrimitives.WriteUInt32LittleEndian(check.AsSpan(20), FastTransferFrames.Flags);
        WriteRecord(FastTransferFrames.IsInterfaceOk, check, check.Length);

        byte[] words = new byte[6];
        BinaryPrimitives.WriteUInt16LittleEndian(words, version.Product);
        BinaryPrimitives.WriteUInt16LittleEndian(words.AsSpan(2), version.Build);
        BinaryPrimitives.WriteUInt16LittleEndian(words.AsSpan(4), version.Revision);
        WriteRecord(FastTransferFrames.TellPartnerVersion, words, words.Length);
    }

    /// <summary>Bytes that are not cut.</summary>
    public void Atom(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LargestRecord - _used)
        {
            Flush();
        }

        bytes.CopyTo(_record.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>A u32.</summary>
    public void UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Atom(bytes);
    }

    /// <summary>Bytes that may be cut, at every <paramref name="unit"/>.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes, int unit)
    {
        while (!bytes.IsEmpty)
        {
            int room = (LargestRecord - _used) / unit * unit;
            if (room == 0)
            {
                Flush();
                continue;
            }

            int now = Math.Min(room, bytes.Length);
            bytes[..now].CopyTo(_record.AsSpan(_used));
            _used += now;
            bytes = bytes[now..];
        }
    }

    /// <summary>As many bytes of a source as were announced.</summary>
    /// <exception cref="EndOfStreamException">There are more or fewer.</exception>
    public void Bytes(BinarySource source, long length, int unit)
    {
        using Stream stream = source.OpenRead();
        byte[] buffer = new byte[LargestRecord];
        long written = 0;
        for (int read; (read = stream.Fill(buffer)) > 0;)
        {
            written += read;
            if (written > length)
            {
                break;
            }

            Bytes(buffer.AsSpan(0, read), unit);
        }

        if (written != length)
        {
            throw new EndOfStreamException();
        }
    }

    /// <summary>Writes what is left.</summary>
    public void End() => Flush();

    private void Flush()
    {
        if (_used > 0)
        {
            WriteRecord(FastTransferFrames.TransferBuffer, _record, _used);
            _used = 0;
        }
    }

    private void WriteRecord(uint code, byte[] payload, int length)
    {
        byte[] head = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(head, code);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), (uint)length);
        target.Write(head, 0, head.Length);
        target.Write(payload, 0, length);
    }
}
