using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// The names of properties ([MS-OXPROPS] and the MAPI headers), from one embedded file that is read when first asked for.
/// Names compare without case; PR_ names are found with and without _A or _W.
/// </summary>
public sealed class PropertyCatalog
{
    private const string Resource = "PstMigration.Mapi.PropertyCatalog.txt";
    private static readonly Lazy<PropertyCatalog> s_default = new(Load);
    private static readonly string[] s_prefixes = ["", "PidTag", "PidLid", "PidName"];

    private static readonly Dictionary<string, Guid> s_sets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PS_MAPI"] = PropertySets.Mapi,
        ["PS_PUBLIC_STRINGS"] = PropertySets.PublicStrings,
        ["PS_INTERNET_HEADERS"] = PropertySets.InternetHeaders,
        ["PSETID_Appointment"] = PropertySets.Appointment,
        ["PSETID_Task"] = PropertySets.Task,
        ["PSETID_Address"] = PropertySets.Address,
        ["PSETID_Common"] = PropertySets.Common,
        ["PSETID_Log"] = PropertySets.Log,
        ["PSETID_Note"] = PropertySets.Note,
        ["PSETID_Meeting"] = PropertySets.Meeting,
        ["PSETID_Report"] = PropertySets.Report,
        ["PSETID_Remote"] = PropertySets.Remote,
        ["PSETID_Sharing"] = PropertySets.Sharing,
        ["PSETID_PostRss"] = PropertySets.PostRss,
        ["PSETID_CalendarAssistant"] = PropertySets.CalendarAssistant,
        ["PSETID_Attachment"] = PropertySets.Attachment,
        ["PSETID_UnifiedMessaging"] = PropertySets.UnifiedMessaging,
    };

    // What people call a property that another one has the canonical name of, or none.
    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["From"] = "PidTagSentRepresentingName",
        ["To"] = "PidTagDisplayTo",
        ["Cc"] = "PidTagDisplayCc",
        ["Bcc"] = "PidTagDisplayBcc",
        ["Categories"] = "PidNameKeywords",
        ["Location"] = "PidLidLocation",
        ["Start"] = "PidLidAppointmentStartWhole",
        ["End"] = "PidLidAppointmentEndWhole",
    };

    private readonly Dictionary<uint, IReadOnlyList<string>> _namesByTag = [];
    private readonly Dictionary<PropertyName, string> _namesByNamed = [];
    private readonly Dictionary<string, PropertyTag> _tagsByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (PropertyName Name, PropertyType Type)> _namedByName = new(StringComparer.OrdinalIgnoreCase);

    private PropertyCatalog()
    {
    }

    /// <summary>The embedded catalog.</summary>
    public static PropertyCatalog Default => s_default.Value;

    /// <summary>The canonical names of all properties.</summary>
    public IEnumerable<string> CanonicalNames => _namesByTag.Values.Select(n => n[0]).Concat(_namedByName.Keys);

    /// <summary>Tags and named properties known.</summary>
    public int Count => _namesByTag.Count + _namesByNamed.Count;

    /// <summary>
    /// The canonical name of a tag, such as PidTagSubject, or its PR_ name where it has no other. An 8-bit string has
    /// the name of the wide one. Null where unknown.
    /// </summary>
    public string? NameOf(PropertyTag tag) => NamesOf(tag) is [string first, ..] ? first : null;

    /// <summary>All names of a tag, the canonical one first; empty where unknown.</summary>
    public IReadOnlyList<string> NamesOf(PropertyTag tag) =>
        _namesByTag.TryGetValue(new PropertyTag(tag.Id, PropertyTypes.Wide(tag.Type)).Value, out IReadOnlyList<string>? names) ? names : [];

    /// <summary>
    /// The canonical name of a property whose value is of a type, such as PidTagSubject or PidLidLocation; null where unknown. One id with
    /// two types is two properties (0x6802001F, 0x68020102); a named property is the same one whatever its type.
    /// </summary>
    public string? NameOf(PropertyKey key, PropertyType type) => key.Name is PropertyName name
        ? _namesByNamed.TryGetValue(name, out string? named) ? named : null
        : NameOf(new PropertyTag(key.Id, type));

    /// <summary>Finds a tag by any of its names.</summary>
    public bool TryFindTag(string name, out PropertyTag tag)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        bool isAnsi = name.EndsWith("_A", StringComparison.OrdinalIgnoreCase);
        bool hasSuffix = isAnsi || name.EndsWith("_W", StringComparison.OrdinalIgnoreCase);
        if (_tagsByName.TryGetValue(name, out tag))
        {
            return true;
        }

        bool isFound = hasSuffix && _tagsByName.TryGetValue(name[..^2], out tag) && IsText(tag.Type);
        tag = isFound && isAnsi ? Narrow(tag) : tag;
        return isFound;
    }

    /// <summary>Finds a named property by its canonical name, such as PidLidLocation or PidNameKeywords, and the type it usually has.</summary>
    public bool TryFindNamed(string name, out PropertyName property, out PropertyType type)
    {
        bool isFound = _namedByName.TryGetValue(name ?? throw new ArgumentNullException(nameof(name)), out (PropertyName Name, PropertyType Type) found);
        (property, type) = found;
        return isFound;
    }

    /// <summary>
    /// Reads what a person wrote for a property: a name, with or without its PidTag, PidLid or PidName (<c>PidTagSubject</c>,
    /// <c>PR_SUBJECT</c>, <c>Subject</c>, <c>Location</c>; a tag goes before a named property), one of a few everyday words, a tag or id in hexadecimal
    /// (<c>0x0037001F</c>, <c>0x0037</c>), or a set and LID or string (<c>PSETID_Common/0x8530</c>, <c>{GUID}/Name</c>).
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="key">The property.</param>
    /// <param name="type">
    /// The type that goes with it, see <see cref="PropertyTypes.IsSameProperty"/>; <see cref="PropertyType.Unspecified"/> for any: an id alone, a
    /// named property.
    /// </param>
    public bool TryParse(string text, out PropertyKey key, out PropertyType type)
    {
        string trimmed = (text ?? throw new ArgumentNullException(nameof(text))).Trim();
        key = default;
        type = default;
        if (s_aliases.TryGetValue(trimmed, out string? canonical))
        {
            trimmed = canonical;
        }

        foreach (string prefix in s_prefixes)
        {
            if (TryFindTag(prefix + trimmed, out PropertyTag tag) && tag.Id < PropertyTag.FirstNamedId)
            {
                key = tag;
                type = tag.Type;
                return true;
            }

            if (TryFindNamed(prefix + trimmed, out PropertyName name, out _))
            {
                key = name;
                return true;
            }
        }

        int slash = trimmed.IndexOf('/');
        return slash > 0 ? TryParseNamed(trimmed[..slash], trimmed[(slash + 1)..], out key) : TryParseTag(trimmed, out key, out type);
    }

    private static bool TryParseTag(string text, out PropertyKey key, out PropertyType type)
    {
        key = default;
        type = default;
        if (!TryParseHex(text, out uint number) || (text.Length != 6 && text.Length != 10))
        {
            return false;
        }

        ushort id = (ushort)(text.Length == 10 ? number >> 16 : number);
        if (id >= PropertyTag.FirstNamedId)
        {
            return false;
        }

        key = new PropertyKey(id);
        type = text.Length == 10 ? (PropertyType)(ushort)number : default;
        return true;
    }

    private static bool TryParseNamed(string set, string name, out PropertyKey key)
    {
        key = default;
        if ((!s_sets.TryGetValue(set, out Guid guid) && !Guid.TryParse(set, out guid)) || name.Length == 0)
        {
            return false;
        }

        key = TryParseHex(name, out uint lid) ? new PropertyName(guid, lid) : new PropertyName(guid, name);
        return true;
    }

    private static bool TryParseHex(string text, out uint number)
    {
        number = 0;
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsText(PropertyType type) => PropertyTypes.Element(type) == PropertyType.String;

    private static PropertyTag Narrow(PropertyTag tag) => tag.Type switch
    {
        PropertyType.String => new PropertyTag(tag.Id, PropertyType.String8),
        PropertyType.MultipleString => new PropertyTag(tag.Id, PropertyType.MultipleString8),
        _ => tag,
    };

    private static PropertyCatalog Load()
    {
        PropertyCatalog catalog = new();
        using Stream stream = typeof(PropertyCatalog).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The property catalog is missing from the assembly.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        string section = "";
        while (reader.ReadLine() is string line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                section = line;
                continue;
            }

            string[] fields = line.Split('\t');
            switch (section)
            {
                case "[tags]":
                    catalog.AddTag(new PropertyTag(Number(fields[0]), (PropertyType)Number(fields[1])), fields.AsSpan(2).ToArray());
                    break;
                case "[lids]":
                    catalog.AddNamed(new PropertyName(s_sets[fields[0]], Number(fields[1])), (PropertyType)Number(fields[2]), fields[3]);
                    break;
                default:
                    catalog.AddNamed(new PropertyName(s_sets[fields[0]], fields[1]), (PropertyType)Number(fields[2]), fields[3]);
                    break;
            }
        }

        return catalog;
    }

    private static ushort Number(string hex) => ushort.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private void AddTag(PropertyTag tag, string[] names)
    {
        _namesByTag[tag.Value] = names;
        foreach (string name in names)
        {
            _tagsByName[name] = tag;
        }
    }

    private void AddNamed(PropertyName name, PropertyType type, string canonical)
    {
        _namesByNamed[name] = canonical;
        _namedByName[canonical] = (name, type);
    }
}
