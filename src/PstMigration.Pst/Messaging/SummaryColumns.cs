using System;
using System.Collections.Generic;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>The columns of a contents table that a summary is made of; a table may lack any of them.</summary>
internal sealed class SummaryColumns
{
    // Outlook cuts text in rows at 255; a subject loses its prefix mark before it is measured.
    private const int MaxCharsInRow = 250;

    private static readonly PropertyBag s_none = new();

    private TableColumn? _class;
    private TableColumn? _subject;
    private TableColumn? _sender;
    private TableColumn? _to;
    private TableColumn? _submitTime;
    private TableColumn? _deliveryTime;
    private TableColumn? _modificationTime;
    private TableColumn? _size;
    private TableColumn? _flags;
    private List<(PropertyKey Key, TableColumn Column)> _asked = [];

    /// <summary>Finds the columns in a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="asked">Properties wanted beyond those of every summary.</param>
    /// <param name="names">The names of the file.</param>
    public static SummaryColumns Of(TableContext table, IReadOnlyList<PropertyKey> asked, NamedPropertyMap names) => new()
    {
        _class = table.FindColumn(PropertyTags.MessageClass.Id),
        _subject = table.FindColumn(PropertyTags.Subject.Id),
        _sender = table.FindColumn(PropertyTags.SentRepresentingName.Id),
        _to = table.FindColumn(PropertyTags.DisplayTo.Id),
        _submitTime = table.FindColumn(PropertyTags.ClientSubmitTime.Id),
        _deliveryTime = table.FindColumn(PropertyTags.MessageDeliveryTime.Id),
        _modificationTime = table.FindColumn(PropertyTags.LastModificationTime.Id),
        _size = table.FindColumn(PropertyTags.MessageSize.Id),
        _flags = table.FindColumn(PropertyTags.MessageFlags.Id),
        _asked = Find(table, asked, names),
    };

    /// <summary>Reads a row.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public PstItemSummary Read(TableContext table, ReadOnlySpan<byte> row, NodeId item, TextDecoder text) => new()
    {
        NodeId = item,
        MessageClass = Cell(table, row, _class, text).AsSmallString() ?? "",
        Subject = SubjectPrefix.Strip(Cell(table, row, _subject, text).AsSmallString() ?? ""),
        Sender = Cell(table, row, _sender, text).AsSmallString() ?? "",
        To = Cell(table, row, _to, text).AsSmallString() ?? "",
        SubmitTime = Cell(table, row, _submitTime, text).AsTime(),
        DeliveryTime = Cell(table, row, _deliveryTime, text).AsTime(),
        LastModificationTime = Cell(table, row, _modificationTime, text).AsTime(),
        Size = (uint)(Cell(table, row, _size, text).AsInt32() ?? 0),
        Flags = (MessageFlags)(Cell(table, row, _flags, text).AsInt32() ?? 0),
        Properties = _asked.Count == 0 ? s_none : ReadAsked(table, row, text),
    };

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

    private static bool MayBeCut(in PropertyValue value) => value.AsSmallString() is string text && text.Length >= MaxCharsInRow;

    private static PropertyValue Cell(TableContext table, ReadOnlySpan<byte> row, TableColumn? column, TextDecoder text) =>
        column is TableColumn present && table.TryRead(row, present, text, out PropertyValue value) ? value : default;
}
