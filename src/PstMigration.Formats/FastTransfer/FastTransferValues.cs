using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Reads property values ([MS-OXCFXICS] 2.2.4.1.1 to 2.2.4.1.3). Fixed sizes as in [MS-OXCDATA], but u16 for a Boolean; strings and bytes after a u32 length in bytes, strings with their
/// NUL; lists after a u32 count. Beside the types of [MS-OXCDATA] strings have those of their code page, 0x8000 | code page, as Exchange writes all of them (0x84B0: UTF-16).
/// </summary>
/// <param name="cursor">Where they are read.</param>
/// <param name="frames">What large ones are read from when they are wanted.</param>
internal sealed class FastTransferValues(FastTransferCursor cursor, FastTransferFrames frames)
{
    private const ushort CodePageFlag = 0x8000;
    private const ushort MultipleFlag = 0x1000;
    private const int LargestInMemory = 256 * 1024;

    /// <summary>What a property takes beside its value.</summary>
    private const int Overhead = 64;

    private long _left = ItemMemory.Default;

    /// <summary>The value of a type.</summary>
    /// <exception cref="MailDataException">FastTransferUnreadable: lengths are not told apart from values without knowing the type, so an unknown one ends it.</exception>
    public PropertyValue Read(ushort type)
    {
        Spend(Overhead);
        if ((type & CodePageFlag) != 0)
        {
            return ReadText(type & ~CodePageFlag);
        }

        PropertyType known = (PropertyType)type;
        return known switch
        {
            PropertyType.String => Text(CodePages.Get(CodePages.Utf16)),
            PropertyType.String8 => Text(CodePages.Get(CodePages.Western)),
            PropertyType.MultipleString => Texts(CodePages.Get(CodePages.Utf16)),
            PropertyType.MultipleString8 => Texts(CodePages.Get(CodePages.Western)),
            PropertyType.Binary or PropertyType.Object or PropertyType.ServerId => Bytes(known),
            PropertyType.Guid => PropertyValue.FromGuid(cursor.Guid()),
            PropertyType.MultipleGuid => PropertyValue.FromMultiple(known, List(16, cursor.Guid)),
            PropertyType.MultipleBinary => PropertyValue.FromMultiple(known, List(4, () => Own(cursor.Count(1)))),
            _ when PropertyTypes.FixedSize(known) > 0 => PropertyValue.FromBits(known, Bits(known)),
            _ when PropertyTypes.IsMultiple(known) && PropertyTypes.FixedSize(PropertyTypes.Element(known)) > 0
                && PropertyTypes.Element(known) is not (PropertyType.Boolean or PropertyType.ErrorCode) =>
                PropertyValue.FromMultiple(known, List(PropertyTypes.FixedSize(PropertyTypes.Element(known)), () => Bits(PropertyTypes.Element(known)))),
            _ => throw FastTransferFrames.Unreadable(cursor.Position),
        };
    }

    private long Bits(PropertyType type) => type switch
    {
        PropertyType.Boolean => cursor.UInt16() != 0 ? 1 : 0,
        PropertyType.Integer16 => (short)cursor.UInt16(),
        _ when PropertyTypes.FixedSize(type) == 4 => (int)cursor.UInt32(),
        _ => cursor.Int64(),
    };

    // The bit for lists is one of those a code page may have: it means a list where with it there is no such code page.
    private PropertyValue ReadText(int codePage) =>
        CodePages.Find(codePage) is Encoding one ? Text(one)
        : (codePage & MultipleFlag) != 0 && CodePages.Find(codePage & ~MultipleFlag) is Encoding several ? Texts(several)
        : throw FastTransferFrames.Unreadable(cursor.Position);

    private PropertyValue Text(Encoding encoding)
    {
        int length = cursor.Count(1);
        bool isWide = encoding.CodePage == CodePages.Utf16;
        if (isWide && length % 2 != 0)
        {
            throw FastTransferFrames.Unreadable(cursor.Position);
        }

        if (!isWide || length <= LargestInMemory)
        {
            return PropertyValue.FromString(Decode(Own(length), encoding));
        }

        long begin = cursor.Position;
        cursor.Skip(length - 2);
        bool hasEnd = cursor.UInt16() == 0;
        return PropertyValue.FromString(frames.Slice(begin, hasEnd ? length - 2 : length));
    }

    private PropertyValue Texts(Encoding encoding) =>
        PropertyValue.FromMultiple(PropertyType.MultipleString, List(4, () => Decode(Own(cursor.Count(1)), encoding)));

    private static string Decode(byte[] bytes, Encoding encoding)
    {
        string text = encoding.GetString(bytes);
        return text.Length > 0 && text[text.Length - 1] == '\0' ? text.Substring(0, text.Length - 1) : text;
    }

    private PropertyValue Bytes(PropertyType type)
    {
        int length = cursor.Count(1);
        if (length <= LargestInMemory)
        {
            return PropertyValue.FromBinary(Own(length), type);
        }

        BinarySource source = frames.Slice(cursor.Position, length);
        cursor.Skip(length);
        return PropertyValue.FromBinary(source, type);
    }

    private byte[] Own(int length)
    {
        Spend(length);
        return cursor.Bytes(length);
    }

    private T[] List<T>(int size, Func<T> read)
    {
        int count = cursor.Count(size);
        Spend((long)count * size);
        T[] values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = read();
        }

        return values;
    }

    private void Spend(long bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw FastTransferFrames.Unreadable(cursor.Position);
        }
    }
}
