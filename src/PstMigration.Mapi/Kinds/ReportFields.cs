using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>
/// The fields of the machine-readable part of a report, of delivery (RFC 3464 2.1) or of reading (RFC 8098 3.1), in groups with empty lines between them.
/// What is no field is passed over: programs on the way write what they like there.
/// </summary>
public sealed class ReportFields
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    private ReportFields()
    {
    }

    /// <summary>Whom the group is about (RFC 3464 2.3.1, 2.3.2): an address of any type, and what bounced is often none at all. Null where it names nobody.</summary>
    public ItemParty? Recipient
    {
        get
        {
            if ((Value("Final-Recipient") ?? Value("Original-Recipient")) is not string address)
            {
                return null;
            }

            IReadOnlyList<ItemParty> read = AddressLine.Read(address);
            ItemParty party = read.Count == 1 && read[0].AddressType.Length > 0 ? read[0] : new ItemParty("", null, "", address);
            return party with { Name = this["X-Display-Name"] ?? (party.Name.Length > 0 ? party.Name : address) };
        }
    }

    /// <summary>The status as MAPI has it: 5.1.1 is 511. Null where there is none.</summary>
    public int? Status
    {
        get
        {
            string[] parts = (this["Status"] ?? "").Split('.', ' ', '(');
            return parts.Length >= 3 && parts.Take(3).All(n => n.Length == 1 && n[0] is >= '0' and <= '9')
                ? int.Parse(string.Concat(parts.Take(3)), NumberStyles.None, CultureInfo.InvariantCulture)
                : null;
        }
    }

    /// <summary>The text of a field, unfolded and without blanks around it; null where it is missing or empty.</summary>
    public string? this[string name] => _fields.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>Reads the groups that hold any field.</summary>
    /// <param name="text">The part.</param>
    /// <param name="decode">Decodes a field where it is encoded (RFC 2047); null for fields that are not.</param>
    public static IReadOnlyList<ReportFields> Read(string text, Func<string, string>? decode = null)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        List<ReportFields> groups = [];
        ReportFields group = new();
        string name = "";
        foreach (string line in text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n'))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                Close(groups, ref group, decode);
                name = "";
            }
            else if (line[0] is ' ' or '\t')
            {
                group.Append(name, line);
            }
            else
            {
                int colon = line.IndexOf(':');
                name = colon > 0 ? line.Substring(0, colon).TrimEnd() : "";
                group.Add(name, line.Substring(colon + 1));
            }
        }

        Close(groups, ref group, decode);
        return groups;
    }

    /// <summary>What stands behind the type of a typed field: behind <c>rfc822;</c>, <c>dns;</c>, <c>smtp;</c>; null where nothing does.</summary>
    public string? Value(string name)
    {
        string text = this[name] ?? "";
        string value = text.Substring(text.IndexOf(';') + 1).Trim();
        return value.Length > 0 ? value : null;
    }

    private static void Close(List<ReportFields> groups, ref ReportFields group, Func<string, string>? decode)
    {
        if (group._fields.Count > 0)
        {
            foreach (string name in decode is null ? [] : group._fields.Keys.ToArray())
            {
                group._fields[name] = decode!(group._fields[name]).Trim();
            }

            groups.Add(group);
            group = new ReportFields();
        }
    }

    private void Add(string name, string value)
    {
        if (name.Length > 0 && !_fields.ContainsKey(name))
        {
            _fields.Add(name, value.Trim());
        }
    }

    private void Append(string name, string line)
    {
        if (_fields.TryGetValue(name, out string? begun))
        {
            _fields[name] = begun + " " + line.Trim();
        }
    }
}
