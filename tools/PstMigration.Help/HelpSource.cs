namespace PstMigration.Help;

/// <summary>
/// One cmdlet's help as it is written, in <c>src/PstMigration/Help/(language)/(cmdlet).md</c>: after the title a synopsis and a
/// description; then <c>## Example: title</c> with indented commands and an explanation, <c>## -Parameter</c>, <c>## Output</c>.
/// Paragraphs are parted by empty lines. Parameters that many cmdlets share stand in <c>common.md</c>.
/// </summary>
internal sealed class HelpSource
{
    private const string Indent = "    ";

    private readonly Dictionary<string, IReadOnlyList<string>> _sections = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Title, IReadOnlyList<string> Lines)> _examples = [];
    private readonly HelpSource? _common;

    private HelpSource(string file, HelpSource? common)
    {
        _common = common;
        string name = "";
        List<string> lines = [];
        foreach (string line in File.ReadLines(file).Append("## "))
        {
            if (!line.StartsWith("# ", StringComparison.Ordinal) && !line.StartsWith("## ", StringComparison.Ordinal))
            {
                lines.Add(line.TrimEnd());
                continue;
            }

            Keep(name, lines);
            name = line.StartsWith("# ", StringComparison.Ordinal) ? "" : line[3..].Trim();
            lines = [];
        }
    }

    /// <summary>One sentence.</summary>
    public string Synopsis => Section("") is [string first, ..] ? first : "";

    /// <summary>The paragraphs after it.</summary>
    public IReadOnlyList<string> Description => [.. Section("").Skip(1)];

    /// <summary>What comes out.</summary>
    public IReadOnlyList<string> Output => Section("Output");

    /// <summary>The examples.</summary>
    public IEnumerable<(string Title, string Code, IReadOnlyList<string> Remarks)> Examples => _examples.Select(e => (
        e.Title,
        string.Join('\n', e.Lines.Where(l => l.StartsWith(Indent, StringComparison.Ordinal)).Select(l => l[Indent.Length..])),
        (IReadOnlyList<string>)Paragraphs(e.Lines.Where(l => !l.StartsWith(Indent, StringComparison.Ordinal)))));

    /// <summary>The parameters written here, common ones left out.</summary>
    public IEnumerable<string> Parameters => _sections.Keys.Where(k => k.StartsWith('-')).Select(k => k[1..]);

    /// <summary>Reads a cmdlet's file in the folder of a language.</summary>
    public static HelpSource Read(string folder, string cmdlet) =>
        new(Path.Combine(folder, cmdlet + ".md"), new HelpSource(Path.Combine(folder, "common.md"), null));

    /// <summary>What is said of a parameter.</summary>
    public IReadOnlyList<string> Parameter(string name) => Section("-" + name) is { Count: > 0 } own ? own : _common?.Parameter(name) ?? [];

    private IReadOnlyList<string> Section(string name) => _sections.TryGetValue(name, out IReadOnlyList<string>? text) ? text : [];

    private void Keep(string name, List<string> lines)
    {
        const string Example = "Example:";
        if (name.StartsWith(Example, StringComparison.OrdinalIgnoreCase))
        {
            _examples.Add((name[Example.Length..].Trim(), lines));
        }
        else if (lines.Any(l => l.Length > 0))
        {
            _sections.Add(name, Paragraphs(lines));
        }
    }

    private static List<string> Paragraphs(IEnumerable<string> lines)
    {
        List<string> paragraphs = [];
        bool begun = false;
        foreach (string line in lines)
        {
            if (line.Length > 0)
            {
                paragraphs.Add(begun ? Join(paragraphs, line) : line);
            }

            begun = line.Length > 0;
        }

        return paragraphs;
    }

    // Japanese is written without spaces, and so are its line ends.
    private static string Join(List<string> paragraphs, string line)
    {
        string start = paragraphs[^1];
        paragraphs.RemoveAt(paragraphs.Count - 1);
        const char FirstCjk = '\u2E80';
        return start[^1] >= FirstCjk || line[0] >= FirstCjk ? start + line : start + " " + line;
    }
}
