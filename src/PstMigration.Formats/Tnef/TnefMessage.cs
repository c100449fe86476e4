using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A winmail.dat: an item as Exchange packs it into mail ([MS-OXTNEF]). u32 signature 0x223E9F78, u16 key, then attributes: u8
/// level, u32 id, u32 size, data, u16 sum of the data's bytes.
/// </summary>
internal sealed class TnefMessage
{
    private const uint Signature = 0x223E9F78;
    private const uint MessageProperties = 0x00069003;
    private const uint RecipientTable = 0x00069004;
    private const uint AttachmentProperties = 0x00069005;
    private const uint AttachmentStart = 0x00069002;
    private const uint AttachmentData = 0x0006800F;
    private const uint AttachmentTitle = 0x00018010;
    private const uint OemCodePage = 0x00069007;
    private const uint MessageClass = 0x00078008;
    private const uint OriginalMessageClass = 0x00070600;
    private const uint Subject = 0x00018004;
    private const uint Body = 0x0002800C;

    /// <summary>Classes by their names of old ([MS-OXTNEF] 2.3.3.4).</summary>
    private const string OldClassPrefix = "Microsoft Mail v3.0 ";

    private static readonly Dictionary<string, string> s_classes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["IPM.Microsoft Mail.Note"] = "IPM.Note",
        ["IPM.Microsoft Mail.Read Receipt"] = "Report.IPM.Note.IPNRN",
        ["IPM.Microsoft Mail.Non-Delivery"] = "Report.IPM.Note.NDR",
        ["IPM.Microsoft Schedule.MtgRespP"] = "IPM.Schedule.Meeting.Resp.Pos",
        ["IPM.Microsoft Schedule.MtgRespN"] = "IPM.Schedule.Meeting.Resp.Neg",
        ["IPM.Microsoft Schedule.MtgRespA"] = "IPM.Schedule.Meeting.Resp.Tent",
        ["IPM.Microsoft Schedule.MtgReq"] = "IPM.Schedule.Meeting.Request",
        ["IPM.Microsoft Schedule.MtgCncl"] = "IPM.Schedule.Meeting.Canceled",
    };

    private static readonly PropertyTag s_originalClass = new(0x004B, PropertyType.String);

    private static readonly Guid s_embeddedMessage = new("00020307-0000-0000-C000-000000000046");

    private readonly int _depth;
    private bool _isDamaged;
    private readonly List<OpenAttachment> _attachments = [];
    private readonly PropertyBag _attributes = new();
    private Encoding _ansi = CodePages.Get(CodePages.Western);

    private TnefMessage(int depth)
    {
        _depth = depth;
    }

    /// <summary>The item's properties.</summary>
    public PropertyBag Properties { get; private set; } = new();

    /// <summary>The recipients; mostly none, as the mail's headers name them.</summary>
    public IList<MapiRecipient> Recipients { get; } = [];

    /// <summary>The attachments.</summary>
    public IEnumerable<MapiAttachment> Attachments => _attachments.FindAll(a => a.HasContent).ConvertAll(a => a.Close(_depth));

    /// <summary>Whether a sum was wrong, the data or the properties in it ended early or there is nothing of a file it names: then it is worth keeping.</summary>
    public bool IsDamaged => _isDamaged || _attachments.Exists(a => !a.HasContent && !string.IsNullOrEmpty(a.Title));

    /// <summary>
    /// Reads a winmail.dat; null for anything else. An attribute whose sum is wrong is read all the same: some writers cannot add, and of one that was damaged
    /// its other bytes are right. Where the data ends early, all before the end is read, and of an attachment the bytes that remain.
    /// </summary>
    /// <param name="bytes">The whole of it; not to be changed as long as its items are in use.</param>
    /// <param name="depth">How many items enclose this one.</param>
    public static TnefMessage? Read(ReadOnlyMemory<byte> bytes, int depth)
    {
        TnefCursor cursor = new(bytes);
        if (cursor.UInt32() != Signature)
        {
            return null;
        }

        cursor.UInt16();
        TnefMessage message = new(depth);
        while (cursor.Remaining > 0)
        {
            cursor.Byte();
            uint id = cursor.UInt32();
            uint length = cursor.UInt32();
            bool isCut = cursor.IsShort || length > cursor.Remaining;
            ReadOnlyMemory<byte> data = cursor.Slice(isCut ? (uint)cursor.Remaining : length);
            ushort sum = isCut ? (ushort)0 : cursor.UInt16();

            // The sums of classes are wrong in old writers ([MS-OXTNEF] 2.3.3.4).
            message._isDamaged |= isCut || (sum != Sum(data.Span) && id is not (MessageClass or OriginalMessageClass));
            message.Take(id, data);
        }

        // What has properties of its own says it there.
        foreach (KeyValuePair<PropertyKey, PropertyValue> attribute in message._attributes)
        {
            if (!message.Properties.Contains(attribute.Key))
            {
                message.Properties[attribute.Key] = attribute.Value;
            }
        }

        return message;
    }

    /// <summary>The item it holds.</summary>
    public MapiItem ToItem() => new(Properties, Recipients, Attachments);

    private static ushort Sum(ReadOnlySpan<byte> data)
    {
        ushort sum = 0;
        foreach (byte b in data)
        {
            sum += b;
        }

        return sum;
    }

    private void Take(uint id, ReadOnlyMemory<byte> data)
    {
        TnefCursor cursor = new(data);
        switch (id)
        {
            case OemCodePage:
                _ansi = CodePages.Get((int)Math.Min(cursor.UInt32(), ushort.MaxValue));
                break;
            case MessageProperties:
                Properties = TnefProperties.Read(ref cursor, _ansi);
                break;
            case RecipientTable:
                ReadRecipients(ref cursor);
                break;
            case MessageClass:
                _attributes.Set(PropertyTags.MessageClass, ClassOf(Text(data)));
                break;
            case OriginalMessageClass:
                _attributes.Set(s_originalClass, ClassOf(Text(data)));
                break;
            case Subject:
                _attributes.Set(PropertyTags.Subject, Text(data));
                break;
            case Body:
                _attributes.Set(PropertyTags.Body, Text(data));
                break;
            case AttachmentStart:
                _attachments.Add(new OpenAttachment());
                break;
            case AttachmentData when _attachments.Count > 0:
                _attachments[_attachments.Count - 1].Data = data.ToArray();
                break;
            case AttachmentTitle when _attachments.Count > 0:
                _attachments[_attachments.Count - 1].Title = MimeAttachmentReader.CleanName(Title(data));
                break;
            case AttachmentProperties when _attachments.Count > 0:
                OpenAttachment attachment = _attachments[_attachments.Count - 1];
                attachment.Properties = TnefProperties.Read(ref cursor, _ansi, attachment.TakeObject);
                break;
            default:
                break;
        }

        _isDamaged |= cursor.IsShort;
    }

    private string Text(ReadOnlyMemory<byte> data) => _ansi.GetString(data.ToArray()).TrimEnd('\0');

    /// <summary>A name of a file; programs of today write UTF-8 whatever code page they say.</summary>
    private string Title(ReadOnlyMemory<byte> data) =>
        _ansi.IsSingleByte && CharsetDetector.Detect(data.ToArray()) is { CodePage: CodePages.Utf8 } utf8 ? utf8.GetString(data.ToArray()).TrimEnd('\0') : Text(data);

    private static string? ClassOf(string name)
    {
        string plain = name.StartsWith(OldClassPrefix, StringComparison.OrdinalIgnoreCase) ? name.Substring(OldClassPrefix.Length) : name;
        return s_classes.TryGetValue(plain, out string? known) ? known : plain.Length > 0 ? plain : null;
    }

    private void ReadRecipients(ref TnefCursor cursor)
    {
        uint rows = cursor.UInt32();
        for (uint i = 0; i < rows && !cursor.IsShort && cursor.Remaining > 0; i++)
        {
            Recipients.Add(new MapiRecipient(TnefProperties.Read(ref cursor, _ansi)));
        }
    }

    /// <summary>An attachment whose attributes are still coming.</summary>
    private sealed class OpenAttachment
    {
        private ReadOnlyMemory<byte>? _embedded;
        private ReadOnlyMemory<byte>? _storage;

        public PropertyBag Properties { get; set; } = new();

        public byte[]? Data { get; set; }

        public string? Title { get; set; }

        /// <summary>Whether there is anything of it; where the data ended before, there is none.</summary>
        public bool HasContent => Data is not null || _embedded is not null || _storage is not null || Properties.Contains(PropertyTags.AttachDataBinary)
            || Properties.GetInt32(PropertyTags.AttachMethod) is > (int)AttachMethod.ByValue;

        public void TakeObject(ushort id, Guid type, ReadOnlyMemory<byte> bytes)
        {
            if (id != PropertyTags.AttachDataObject.Id)
            {
                return;
            }

            if (type == s_embeddedMessage)
            {
                _embedded = bytes;
            }
            else
            {
                _storage = bytes;
            }
        }

        public MapiAttachment Close(int depth)
        {
            bool isNamed = Properties.Contains(PropertyTags.AttachLongFilename) || Properties.Contains(PropertyTags.AttachFilename);
            Properties.Set(PropertyTags.AttachLongFilename, isNamed ? Properties.GetString(PropertyTags.AttachLongFilename) : Title);
            if (_embedded is ReadOnlyMemory<byte> embedded && new TnefCursor(embedded).UInt32() == Signature)
            {
                return depth < MimeImport.MaximumDepth ? Embedded(embedded, depth + 1) : TooDeep(embedded);
            }

            if (_storage is ReadOnlyMemory<byte> storage)
            {
                Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.Ole);
                Properties[PropertyTags.AttachDataObject] = PropertyValue.FromBinary(storage.ToArray(), PropertyType.Object);
            }
            else if (!Properties.Contains(PropertyTags.AttachDataBinary) && Data is byte[] data)
            {
                Properties.Set(PropertyTags.AttachMethod, Properties.GetInt32(PropertyTags.AttachMethod) ?? (int)AttachMethod.ByValue);
                Properties.Set(PropertyTags.AttachDataBinary, data);
            }

            return new MapiAttachment(Properties);
        }

        private MapiAttachment Embedded(ReadOnlyMemory<byte> packed, int depth)
        {
            Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
            return new MapiAttachment(Properties, () => Read(packed, depth)!.ToItem());
        }

        /// <summary>Keeps what is nested too deep as the file it would be in a mail.</summary>
        private MapiAttachment TooDeep(ReadOnlyMemory<byte> packed)
        {
            Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
            Properties.Set(PropertyTags.AttachLongFilename, "winmail.dat");
            Properties.Set(PropertyTags.AttachMimeTag, "application/ms-tnef");
            Properties.Set(PropertyTags.AttachDataBinary, packed.ToArray());
            return new MapiAttachment(Properties);
        }
    }
}
