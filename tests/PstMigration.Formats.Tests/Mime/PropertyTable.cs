using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using PstMigration.Mapi;
using PstMigration.Tests;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>One of the tables of docs/mime-properties.md: which properties are gone or changed, and which of them were seen to be.</summary>
internal sealed class PropertyTable
{
    private static readonly Dictionary<string, Guid> s_sets = typeof(PropertySets).GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(f => f.Name, f => (Guid)f.GetValue(null)!, StringComparer.Ordinal);

    private readonly List<Entry> _entries = [];

    private PropertyTable()
    {
    }

    /// <summary>Gets the properties listed by themselves that were never asked for.</summary>
    public IEnumerable<string> Unused => _entries.Where(e => !e.IsUsed && e.IsSingle).Select(e => e.ToString());

    /// <summary>Reads the table below a heading.</summary>
    public static PropertyTable Read(string heading)
    {
        PropertyTable table = new();
        string text = File.ReadAllText(Path.Combine(TestData.Documentation, "mime-properties.md")).Replace("\r\n", "\n");
        string section = text.Substring(text.IndexOf("\n## " + heading + "\n", StringComparison.Ordinal) + 4).Split(["\n## "], StringSplitOptions.None)[0];
        foreach (string[] cells in section.Split('\n').Where(l => Regex.IsMatch(l, "^\\| (item|recipient|attachment) ")).Select(l => l.Split('|')))
        {
            bool isGone = cells[3].Trim() switch
            {
                "gone" => true,
                "changed" => false,
                string other => throw new InvalidDataException("Neither gone nor changed: " + other),
            };
            foreach (string token in cells[2].Split([' '], StringSplitOptions.RemoveEmptyEntries))
            {
                table._entries.Add(new Entry(cells[1].Trim(), isGone, token));
            }
        }

        return table;
    }

    /// <summary>Whether a difference is listed.</summary>
    public bool Lists(ItemDifference difference)
    {
        bool isListed = false;
        foreach (Entry entry in _entries.Where(e => e.Matches(difference)))
        {
            isListed = entry.IsUsed = true;
        }

        return isListed;
    }

    private sealed class Entry
    {
        private readonly string _of;
        private readonly bool _isGone;
        private readonly string _token;
        private readonly Func<PropertyKey, bool> _matches;

        public Entry(string of, bool isGone, string token)
        {
            (_of, _isGone, _token) = (of, isGone, token);
            _matches = Parse(token);
        }

        public bool IsUsed { get; set; }

        public bool IsSingle => !_token.EndsWith("*", StringComparison.Ordinal) && !_token.EndsWith("/text", StringComparison.Ordinal) && _token.IndexOf('–') < 0;

        public bool Matches(ItemDifference difference) => difference.Of == _of && difference.IsLost == _isGone && _matches(difference.Key);

        public override string ToString() => _of + " " + _token + (_isGone ? " gone" : " changed");

        private static Func<PropertyKey, bool> Parse(string token)
        {
            string[] parts = token.Split('/');
            if (parts.Length == 1)
            {
                int[] ends = token.Split('–').Select(Number).ToArray();
                return key => key.Name is null && key.Id >= ends[0] && key.Id <= ends[ends.Length - 1];
            }

            if (parts[0] == "other")
            {
                return key => key.Name is PropertyName name && !s_sets.ContainsValue(name.Set);
            }

            Guid set = s_sets[parts[0]];
            return parts[1] switch
            {
                "*" => key => key.Name?.Set == set,
                "text" => key => key.Name is { Name: not null } name && name.Set == set,
                string lid => key => key.Name is { Name: null } name && name.Set == set && name.Lid == Number(lid),
            };
        }

        private static int Number(string text) => int.Parse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
