using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// The columns of a contents table that a summary is made of. A table may lack any of them: those of Outlook 2000 and 2003 have no sent
/// time, those of FAI items no subject, and hardly any has the sender's name beside that of whom it was sent for.
/// </summary>
internal sealed class SummaryColumns
{
    // Outlook cuts text in rows at 255; a subject loses its prefix mark before it is measured.
    private const int MaxInRow = 250;

    private static readonly PropertyBag s_none = new();

    private TableColumn? _class;
    private TableColumn? _subject;
    private TableColumn? _author;
    private TableColumn? _sender;
    private TableColumn? _to;
    private TableColumn? _submitTime;
    private TableColumn? _deliveryTime;
    private TableColumn? _modificationTime;
    private TableColumn? _size;
    private TableColumn? _flags;
    private List<(PropertyKey Key, TableColumn Column)> _asked = [];
    private PstItemFields _unlisted;
    private Func<NodeId, PstItemSummary?> _read = static _ => null;

    /// <summary>Finds the columns in a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="asked">Properties wanted beyond those of every summary.</param>
    /// <param name="names">The names of the file.</param>
    /// <param name="read">Reads from an item what the table does not tell; null where it cannot be read.</param>
    public static SummaryColumns Of(TableContext table, IReadOnlyList<PropertyKey> asked, NamedPropertyMap names, Func<NodeId, PstItemSummary?> read)
    {
        SummaryColumns columns = new()
        {
            _class = table.FindColumn(PropertyTags.MessageClass.Id),
            _subject = table.FindColumn(PropertyTags.Subject.Id),
            _author = table.FindColumn(PropertyTags.SentRepresentingName.Id),
            _sender = table.FindColumn(PropertyTags.SenderName.Id),
            _to = table.FindColumn(PropertyTags.DisplayTo.Id),
            _submitTime = table.FindColumn(PropertyTags.ClientSubmitTime.Id),
            _deliveryTime = table.FindColumn(PropertyTags.MessageDeliveryTime.Id),
            _modificationTime = table.FindColumn(PropertyTags.LastModificationTime.Id),
            _size = table.FindColumn(PropertyTags.MessageSize.Id),
            _flags = table.FindColumn(PropertyTags.MessageFlags.Id),
            _asked = Find(table, asked, names),
            _read = read,
        };
        columns._unlisted = columns.FindUnlisted();
        return columns;
    }

    /// <summary>Reads a row.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public PstItemSummary Read(TableContext table, ReadOnlySpan<byte> row, NodeId item, TextDecoder text)
    {
        PstItemFields unlisted = _unlisted;
        string messageClass = Text(table, row, _class, text, PstItemFields.MessageClass, ref unlisted);
        string subject = SubjectPrefix.Strip(Text(table, row, _subject, text, PstItemFields.Subject, ref unlisted));
        string to = Text(table, row, _to, text, PstItemFields.To, ref unlisted);
        string sender = Text(table, row, _author, text, PstItemFields.Sender, ref unlisted);
        if (sender.Length == 0)
        {
            sender = Text(table, row, _sender, text, PstItemFields.Sender, ref unlisted);
            unlisted |= _sender is null ? PstItemFields.Sender : PstItemFields.None;
        }

        return new PstItemSummary(item, unlisted == PstItemFields.None ? null : _read)
        {
            Unlisted = unlisted,
            MessageClass = messageClass,
            Subject = subject,
            Sender = sender,
            To = to,
            SubmitTime = Cell(table, row, _submitTime, text).AsTime(),
            DeliveryTime = Cell(table, row, _deliveryTime, text).AsTime(),
            LastModificationTime = Cell(table, row, _modificationTime, text).AsTime(),
            Size = (uint)(Cell(table, row, _size, text).AsInt32() ?? 0),
            Flags = (MessageFlags)(Cell(table, row, _flags, text).AsInt32() ?? 0),
            Properties = _asked.Count == 0 ? s_none : ReadAsked(table, row, text),
        };
    }

    private static List<(PropertyKey Key, TableColumn Column)> Find(TableContext table, IReadOnlyList<PropertyKey> asked, NamedPropertyMap names)
    {
        List<(PropertyKey Key, TableColumn Column)> found = [];
        foreach (PropertyKey key in asked)
        {
            ushort id = key.Id;
            if ((key.Name is not PropertyName name || names.TryGetId(name, out id)) && table.FindColumn(id) is TableColumn column)
            {
                found.Add((key, column));
            }
        }

        return found;
    }

    private PstItemFields FindUnlisted()
    {
        PstItemFields unlisted = PstItemFields.None;
        foreach ((TableColumn? column, PstItemFields field) in new[]
        {
            (_class, PstItemFields.MessageClass),
            (_subject, PstItemFields.Subject),
            (_author, PstItemFields.Sender),
            (_to, PstItemFields.To),
            (_submitTime, PstItemFields.SubmitTime),
            (_deliveryTime, PstItemFields.DeliveryTime),
            (_modificationTime, PstItemFields.LastModificationTime),
            (_size, PstItemFields.Size),
            (_flags, PstItemFields.MessageFlags),
        })
        {
            unlisted |= column is null ? field : PstItemFields.None;
        }

        return unlisted;
    }

    private PropertyBag ReadAsked(TableContext table, ReadOnlySpan<byte> row, TextDecoder text)
    {
        PropertyBag bag = new(_asked.Count);
        foreach ((PropertyKey key, TableColumn column) in _asked)
        {
            PropertyValue value = Cell(table, row, column, text);
            if (key == PropertyTags.Subject && value.AsSmallString() is string subject)
            {
                value = PropertyValue.FromString(SubjectPrefix.Strip(subject), value.Type);
            }

            if (!MayBeCut(value))
            {
                bag[key] = value;
            }
        }

        return bag;
    }

    private static string Text(
        TableContext table, ReadOnlySpan<byte> row, TableColumn? column, TextDecoder text, PstItemFields field, ref PstItemFields unlisted)
    {
        PropertyValue value = Cell(table, row, column, text);
        unlisted |= MayBeCut(value) ? field : PstItemFields.None;
        return value.AsSmallString() ?? "";
    }

    // 8-bit text is measured in bytes, of which a character of a double-byte code page has two.
    private static bool MayBeCut(in PropertyValue value) => value.AsSmallString() is string text
        && (text.Length >= MaxInRow || (value.Type == PropertyType.String8 && text.Length >= MaxInRow / 2 && text.Length + text.Count(c => c >= 0x80) >= MaxInRow));

    private static PropertyValue Cell(TableContext table, ReadOnlySpan<byte> row, TableColumn? column, TextDecoder text) =>
        column is TableColumn present && table.TryRead(row, present, text, out PropertyValue value) ? value : default;
}
