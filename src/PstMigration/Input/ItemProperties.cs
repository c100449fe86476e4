using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>
/// The properties a user wants beside those of every item. They are added to it as note properties under the names the user gave,
/// null where an item has none. What the folder's table does not tell is read from the item.
/// </summary>
internal sealed class ItemProperties
{
    /// <summary>Larger values are no table's content; the rest of the item still is.</summary>
    private const long MaxLength = 256 << 20;

    private readonly IReadOnlyList<(string Name, PropertyKey Key, PropertyType Type)> _wanted;

    private ItemProperties(IReadOnlyList<(string Name, PropertyKey Key, PropertyType Type)> wanted)
    {
        _wanted = wanted;
        Keys = [.. wanted.Select(w => w.Key).Distinct()];
    }

    /// <summary>None.</summary>
    internal static ItemProperties None { get; } = new([]);

    /// <summary>Which.</summary>
    internal IReadOnlyList<PropertyKey> Keys { get; }

    /// <summary>Reads what the user wrote; see <see cref="PropertyCatalog.TryParse"/>.</summary>
    /// <exception cref="MailDataException">PropertyUnknown.</exception>
    internal static ItemProperties Parse(IEnumerable<string> names) => new(
        [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Select(n =>
            PropertyCatalog.Default.TryParse(n, out PropertyKey key, out PropertyType type) ? (n, key, type) : throw PropertyErrors.Unknown(n))]);

    /// <summary>The item as it is to be written. A name the item has anyway, such as Subject, stays what it is.</summary>
    /// <param name="listed">The item.</param>
    /// <param name="onError">Told once where the item has to be opened and cannot be, or a value is too large.</param>
    internal object AddTo(PstItemContent listed, Action<Exception> onError)
    {
        if (_wanted.Count == 0)
        {
            return listed.Item;
        }

        PSObject item = PSObject.AsPSObject(listed.Item);
        bool failed = false;
        foreach ((string name, PropertyKey key, PropertyType type) in _wanted)
        {
            object? value = null;
            try
            {
                value = failed ? null : Read(listed, name, key, type);
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                failed = true;
                onError(e);
            }

            if (item.Properties[name] is null)
            {
                item.Properties.Add(new PSNoteProperty(name, value));
            }
        }

        return item;
    }

    private static object? Read(PstItemContent listed, string name, PropertyKey key, PropertyType type)
    {
        if (!listed.Listed.TryGet(key, out PropertyValue value))
        {
            listed.Content.Value.Properties.TryGet(key, out value);
        }

        if (!PropertyTypes.IsSameProperty(value.Type, type))
        {
            return null;
        }

        if (value.Source is BinarySource source && source.IsLongerThan(MaxLength))
        {
            throw PropertyErrors.TooLarge(name, source.Measure());
        }

        return value.ToObject() switch
        {
            DateTimeOffset time => time.ToLocalTime(),
            DateTimeOffset?[] times => Array.ConvertAll(times, t => t?.ToLocalTime()),
            object other => other,
            null => null,
        };
    }
}
