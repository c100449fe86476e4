using System;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>The columns of a contents table that a summary is made of; a table may lack any of them.</summary>
internal sealed class SummaryColumns
{
    private TableColumn? _class;
    private TableColumn? _subject;
    private TableColumn? _sender;
    private TableColumn? _to;
    private TableColumn? _submitTime;
    private TableColumn? _deliveryTime;
    private TableColumn? _modificationTime;
    private TableColumn? _size;
    private TableColumn? _flags;

    /// <summary>Finds the columns in a table.</summary>
    public static SummaryColumns Of(TableContext table) => new()
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
    };

    private static PropertyValue Cell(TableContext table, ReadOnlySpan<byte> row, TableColumn? column, TextDecoder text) =>
        column is TableColumn present && table.TryRead(row, present, text, out PropertyValue value) ? value : default;
}
