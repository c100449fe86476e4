using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Writes the recipient table of an item ([MS-PST] 2.4.5.3): the columns of the template and one more for every other property any
/// of the recipients has.
/// </summary>
internal sealed class RecipientTableWriter
{
    // A row takes a kilobyte. Of more rows the columns are found first, and they are made anew when it is their turn.
    private const int MostKept = 10_000;

    private const int MailUser = 6;

    private readonly INodeSink _ndb;
    private readonly PropertyMapper _mapper;

    // Most items of a source have recipients with the same properties.
    private HashSet<PropertyTag> _columns = [];
    private TableLayout _layout = TableTemplates.Recipients;

    public RecipientTableWriter(INodeSink ndb, PropertyMapper mapper)
    {
        _ndb = ndb;
        _mapper = mapper;
    }

    /// <summary>Writes the table; one without rows where there are no recipients.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public WrittenNode Write(IList<MapiRecipient> recipients, CancellationToken cancellationToken)
    {
        List<PropertyList> rows = [];
        HashSet<PropertyTag> columns = [];
        foreach (MapiRecipient recipient in recipients)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PropertyList row = ToRow(recipient);
            if (rows.Count < MostKept)
            {
                rows.Add(row);
            }

            foreach (PropertyTag tag in row.ToTags())
            {
                if (tag.Type != PropertyType.Object)
                {
                    columns.Add(tag);
                }
                else
                {
                    _mapper.AddLoss(tag.ToString());
                }
            }
        }

        if (!_columns.SetEquals(columns))
        {
            _layout = TableTemplates.Recipients.Extend(columns);
            _columns = columns;
        }

        TableContextBuilder table = new(_ndb, _layout);
        int told = _mapper.Losses.Count;
        for (int i = 0; i < recipients.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            table.AddRow((uint)i + 1, _ndb.NextUnique(), i < rows.Count ? rows[i] : ToRow(recipients[i]));
        }

        _mapper.KeepLosses(told);
        return table.Complete();
    }

    private PropertyList ToRow(MapiRecipient recipient)
    {
        PropertyList row = _mapper.Map(recipient.Properties);
        AddMissing(row, recipient);
        return row;
    }

    // What Outlook expects of every recipient and a source may not have.
    private static void AddMissing(PropertyList row, MapiRecipient recipient)
    {
        SetMissing(row, PropertyTags.RecipientType, PropertyValue.FromInt32((int)recipient.Kind));
        SetMissing(row, PropertyTags.Responsibility, PropertyValue.FromBoolean(true));
        SetMissing(row, PropertyTags.ObjectType, PropertyValue.FromInt32(MailUser));
        SetMissing(row, PropertyTags.DisplayType, PropertyValue.FromInt32(0));
        string name = recipient.DisplayName;
        string? type = row.GetString(PropertyTags.AddressType);
        string? address = row.GetString(PropertyTags.EmailAddress);
        if (string.IsNullOrEmpty(address) && recipient.SmtpAddress is string smtp)
        {
            type = "SMTP";
            address = smtp;
            row.Set(PropertyTags.AddressType, PropertyValue.FromString(type));
            row.Set(PropertyTags.EmailAddress, PropertyValue.FromString(address));
        }

        SetMissing(row, PropertyTags.DisplayName, PropertyValue.FromString(name.Length > 0 ? name : address ?? ""));
        if (string.IsNullOrEmpty(type) || string.IsNullOrEmpty(address))
        {
            return;
        }

        byte[] searchKey = Encoding.ASCII.GetBytes((type + ":" + address).ToUpperInvariant() + "\0");
        SetMissing(row, PropertyTags.SearchKey, PropertyValue.FromBinary(searchKey));
        OneOffEntryId entryId = new(name.Length > 0 ? name : address!, type!, address!);
        SetMissing(row, PropertyTags.EntryId, PropertyValue.FromBinary(entryId.ToArray()));
    }

    private static void SetMissing(PropertyList row, PropertyTag tag, PropertyValue value)
    {
        if (!row.Contains(tag))
        {
            row.Set(tag, value);
        }
    }
}
