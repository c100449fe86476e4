using System.Buffers.Binary;
using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>Gathers one <c>\pict</c> group.</summary>
internal sealed class RtfPictureReader
{
    private byte[] _data = [];
    private int _size;
    private string _type = "";
    private int _width;
    private int _height;
    private int _scaleX = 100;
    private int _scaleY = 100;
    private int _high = -1;

    public long Size => _size;

    /// <summary>The MIME type; empty for a picture that cannot be told.</summary>
    public string MimeType => _size == 0 ? "" : _type;

    /// <summary>Whether browsers show it.</summary>
    public bool IsShown => MimeType is "image/png" or "image/jpeg" or "image/bmp";

    public void TakeWord(string word, int number)
    {
        switch (word)
        {
            case "pngblip":
                _type = "image/png";
                break;
            case "jpegblip":
                _type = "image/jpeg";
                break;
            case "emfblip":
                _type = "image/x-emf";
                break;
            case "wmetafile":
                _type = "image/x-wmf";
                break;
            case "dibitmap":
                _type = "image/bmp";
                break;
            case "picwgoal":
                _width = number;
                break;
            case "pichgoal":
                _height = number;
                break;
            case "picscalex":
                _scaleX = number;
                break;
            case "picscaley":
                _scaleY = number;
                break;
            default:
                break;
        }
    }

    public void TakeHex(ReadOnlySpan<byte> digits)
    {
        foreach (byte b in digits)
        {
            int digit = RtfReader.HexValue(b);
            if (digit < 0)
            {
                continue;
            }

            if (_high < 0)
            {
                _high = digit;
            }
            else
            {
                Reserve(1);
                _data[_size++] = (byte)((_high << 4) | digit);
                _high = -1;
            }
        }
    }

    public void TakeBytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_data.AsSpan(_size));
        _size += bytes.Length;
    }

    /// <summary>The picture as a file.</summary>
    public byte[] ToFile()
    {
        byte[] data = _data.AsSpan(0, _size).ToArray();
        return _type == "image/bmp" ? WithBitmapHeader(data) : data;
    }

    /// <summary>Width and height attributes in pixels, with a space before each; empty where unknown.</summary>
    public string SizeAttributes() => Attribute("width", _width, _scaleX) + Attribute("height", _height, _scaleY);

    private void Reserve(int count)
    {
        if (_size + count > _data.Length)
        {
            Array.Resize(ref _data, Math.Max(_size + count, Math.Max(4096, (int)Math.Min(_data.Length * 2L, int.MaxValue / 2))));
        }
    }

    private static string Attribute(string name, int twips, int scale)
    {
        long pixels = (long)twips * scale / 100 * 96 / 1440;
        return pixels is > 0 and < 20000 ? " " + name + "=\"" + pixels.ToString(CultureInfo.InvariantCulture) + "\"" : "";
    }

    /// <summary>A device-independent bitmap lacks the 14 bytes a .bmp file begins with ([MS-WMF] 2.2.2.9).</summary>
    private static byte[] WithBitmapHeader(byte[] dib)
    {
        const int FileHeader = 14;
        if (dib.Length < 40)
        {
            return dib;
        }

        uint infoSize = BinaryPrimitives.ReadUInt32LittleEndian(dib);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(dib.AsSpan(14));
        uint used = BinaryPrimitives.ReadUInt32LittleEndian(dib.AsSpan(32));
        long colors = used > 0 ? used : bits <= 8 ? 1L << bits : 0;
        byte[] file = new byte[FileHeader + dib.Length];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(2), (uint)file.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(10), (uint)Math.Min(FileHeader + infoSize + (colors * 4), file.Length));
        dib.CopyTo(file, FileHeader);
        return file;
    }
}
