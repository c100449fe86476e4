using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>What the export of each data file is called: its name, and where two files have one name, each a name of its own.</summary>
internal sealed class ExportPlaces
{
    private const int NameLength = 80;
    private const int IdLength = 8;

    private readonly Dictionary<string, string> _pathOfName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name, without an ending.</summary>
    internal string NameOf(string pst)
    {
        string name = SafeName.Make(Path.GetFileNameWithoutExtension(pst), NameLength, "mail");
        if (_pathOfName.TryGetValue(name, out string? owner) && owner != pst)
        {
            name += " (" + Sha256.Hex(pst).Substring(0, IdLength) + ")";
        }

        _pathOfName[name] = pst;
        return name;
    }
}
