using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Properties as TNEF holds them ([MS-OXTNEF] 2.1.3.4): u32 count, then for each: u16 type, u16 id; for ids from 0x8000 a GUID,
/// u32 kind and a LID or a name; then the value, all parts padded to four bytes. Values of variable size and lists have
/// their count in front, the former each its size too.
/// </summary>
internal static class TnefProperties
{
    /// <summary>Reads properties into a bag; those before a damage are kept.</summary>
    /// <param name="cursor">At the count.</param>
    /// <param name="ansi">The encoding of 8-bit strings.</param>
    /// <param name="objects">Takes values of type Object: id, interface, bytes.</param>
    public static PropertyBag Read(ref TnefCursor cursor, Encoding ansi, Action<ushort, Guid, ReadOnlyMemory<byte>>? objects = null)
    {
        PropertyBag bag = new();
        uint count = cursor.UInt32();
        for (uint i = 0; i < count && !cursor.IsShort; i++)
        {
            PropertyType type = (PropertyType)cursor.UInt16();
            ushort id = cursor.UInt16();
            PropertyKey? key = id < PropertyTag.FirstNamedId ? new PropertyKey(id) : ReadName(ref cursor);
            PropertyValue? value = ReadValue(ref cursor, type, ansi, (guid, bytes) => objects?.Invoke(id, guid, bytes));
            if (!cursor.IsShort && key is PropertyKey known && value is PropertyValue read && id != 0)
            {
                bag[known] = read;
            }
        }

        return bag;
    }

    private static PropertyKey? ReadName(ref TnefCursor cursor)
    {
        Guid set = cursor.Guid();
        if (cursor.UInt32() == 0)
        {
            return new PropertyName(set, cursor.UInt32());
        }

        string name = Encoding.Unicode.GetString(cursor.Block().ToArray()).TrimEnd('\0');
        return new PropertyName(set, name);
    }

    private static PropertyValue? ReadValue(ref TnefCursor cursor, PropertyType type, Encoding ansi, Action<Guid, ReadOnlyMemory<byte>> objects)
    {
        PropertyType element = PropertyTypes.Element(type);
        bool isMultiple = PropertyTypes.IsMultiple(type);
        bool isVariable = element is PropertyType.String or PropertyType.String8 or PropertyType.Binary or PropertyType.Object;
        if (!isVariable && !isMultiple)
        {
            return element == PropertyType.Guid ? PropertyValue.FromGuid(cursor.Guid())
                : ReadBits(ref cursor, element) is long bits ? PropertyValue.FromBits(type, bits) : Unknown(ref cursor);
        }

        uint count = cursor.UInt32();
        if (count > cursor.Remaining / 4)
        {
            cursor.Bytes(uint.MaxValue);
            return null;
        }

        return isMultiple ? ReadMultiple(ref cursor, type, (int)count, ansi) : ReadVariable(ref cursor, element, count, ansi, objects);
    }

    private static PropertyValue? ReadVariable(ref TnefCursor cursor, PropertyType type, uint count, Encoding ansi, Action<Guid, ReadOnlyMemory<byte>> objects)
    {
        ReadOnlyMemory<byte> bytes = count == 0 ? default : cursor.Block();
        for (uint i = 1; i < count && !cursor.IsShort; i++)
        {
            cursor.Block();
        }

        switch (type)
        {
            case PropertyType.Object when bytes.Length >= 16:
                objects(new Guid(bytes.Slice(0, 16).ToArray()), bytes.Slice(16));
                return null;
            case PropertyType.Object:
                return null;
            case PropertyType.Binary:
                return PropertyValue.FromBinary(bytes.ToArray());
            default:
                return PropertyValue.FromString(Text(bytes.ToArray(), type, ansi));
        }
    }

    private static PropertyValue? ReadMultiple(ref TnefCursor cursor, PropertyType type, int count, Encoding ansi)
    {
        PropertyType element = PropertyTypes.Element(type);
        List<string> texts = [];
        List<byte[]> blocks = [];
        List<Guid> guids = [];
        List<long> numbers = [];
        for (int i = 0; i < count && !cursor.IsShort; i++)
        {
            switch (element)
            {
                case PropertyType.String or PropertyType.String8:
                    texts.Add(Text(cursor.Block().ToArray(), element, ansi));
                    break;
                case PropertyType.Binary:
                    blocks.Add(cursor.Block().ToArray());
                    break;
                case PropertyType.Guid:
                    guids.Add(cursor.Guid());
                    break;
                default:
                    if (ReadBits(ref cursor, element) is not long bits)
                    {
                        return Unknown(ref cursor);
                    }

                    numbers.Add(bits);
                    break;
            }
        }

        return element switch
        {
            PropertyType.String or PropertyType.String8 => PropertyValue.FromMultiple(PropertyType.MultipleString, texts.ToArray()),
            PropertyType.Binary => PropertyValue.FromMultiple(type, blocks.ToArray()),
            PropertyType.Guid => PropertyValue.FromMultiple(type, guids.ToArray()),
            _ => PropertyValue.FromMultiple(type, numbers.ToArray()),
        };
    }

    /// <summary>The size of a type nobody knows is not known either: what is behind it cannot be found.</summary>
    private static PropertyValue? Unknown(ref TnefCursor cursor)
    {
        cursor.Bytes(uint.MaxValue);
        return null;
    }

    private static long? ReadBits(ref TnefCursor cursor, PropertyType type) => type switch
    {
        PropertyType.Integer16 => (short)cursor.UInt32(),
        PropertyType.Boolean => (ushort)cursor.UInt32() != 0 ? 1 : 0,
        PropertyType.Integer32 or PropertyType.ErrorCode or PropertyType.Floating32 => (int)cursor.UInt32(),
        PropertyType.Floating64 or PropertyType.Currency or PropertyType.FloatingTime or PropertyType.Integer64 or PropertyType.Time => cursor.Int64(),
        _ => null,
    };

    private static string Text(byte[] bytes, PropertyType type, Encoding ansi) =>
        (type == PropertyType.String ? Encoding.Unicode : ansi).GetString(bytes).TrimEnd('\0');
}
