using System.Text;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The extended properties of an item being written. Small values only: the service is not made for large ones, and the
/// whole create must stay small.
/// </summary>
internal sealed class ExtendedPropertyList(LossList losses)
{
    // Documented practice: values up to 64 KB; a mailbox can name 16,000 properties in all.
    private const int LongestValue = 60_000;
    private const int LongestTotal = 256_000;
    private const int MostNames = 100;
    private readonly List<string> _carried = [];
    private int _names;
    private int _total;

    public List<SingleValueLegacyExtendedProperty> Single { get; } = [];

    public List<MultiValueLegacyExtendedProperty> Multiple { get; } = [];

    /// <summary>Writes a property of ours; always fits.</summary>
    /// <param name="key">The property.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isAsked">Whether everybody asks for it; otherwise it is recorded by <see cref="AddCarried"/>.</param>
    public void AddOwn(PropertyKey key, PropertyValue value, bool isAsked = true)
    {
        string id = GraphPropertyId.Write(key, value.Type);
        Single.Add(new SingleValueLegacyExtendedProperty { Id = id, Value = GraphPropertyText.TryWrite(value) });
        if (!isAsked)
        {
            _carried.Add(id);
        }
    }

    /// <summary>Writes a property of the item's, or says that it is lost.</summary>
    public void Add(PropertyKey key, PropertyValue value)
    {
        if (!TryAdd(key, value))
        {
            AddLoss(key);
        }
    }

    /// <summary>Says that a property is lost.</summary>
    public void AddLoss(PropertyKey key) => losses.Add(key.Name is null ? LossKind.Field : LossKind.NamedProperties, key.ToString());

    /// <summary>Records what was written beyond what everybody asks for, for whoever reads the item again.</summary>
    public void AddCarried(IReadOnlyList<string> asked)
    {
        string[] ids = [.. _carried.Where(id => !asked.Contains(id))];
        if (ids.Length > 0)
        {
            AddOwn(MailboxPropertyNames.Carried, PropertyValue.FromString(string.Join("\n", ids)));
        }
    }

    private bool TryAdd(PropertyKey key, PropertyValue value)
    {
        // Large values are not even read.
        if (value.Source?.IsLongerThan(LongestValue) == true || (key.Name is not null && _names == MostNames)
            || GraphPropertyId.TryWrite(key, value.Type) is not string id)
        {
            return false;
        }

        if (key.Name is PropertyName { Name: string text } && (text.Length is 0 or > 255 || GraphText.Clean(text) != text || text.IndexOf('\n') >= 0))
        {
            return false;
        }

        List<string>? texts = PropertyTypes.IsMultiple(value.Type)
            ? GraphPropertyText.TryWriteMultiple(value)
            : GraphPropertyText.TryWrite(value) is string one ? [one] : null;
        if (texts is null)
        {
            return false;
        }

        int size = id.Length;
        foreach (string part in texts)
        {
            size += Encoding.UTF8.GetByteCount(part);
        }

        if (size > LongestValue || _total + size > LongestTotal)
        {
            return false;
        }

        _total += size;
        if (PropertyTypes.IsMultiple(value.Type))
        {
            Multiple.Add(new MultiValueLegacyExtendedProperty { Id = id, Value = texts });
        }
        else
        {
            Single.Add(new SingleValueLegacyExtendedProperty { Id = id, Value = texts[0] });
        }

        _names += key.Name is null ? 0 : 1;
        _carried.Add(id);
        return true;
    }
}
