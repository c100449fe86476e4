using System.Collections;

namespace PstMigration.Bench;

/// <summary>Other programs, named by environment variables PSTMIGRATION_PEER_name_work: command lines, see <see cref="Contender.Command"/>.</summary>
internal static class Peers
{
    private const string Prefix = "PSTMIGRATION_PEER_";

    /// <summary>The peers that do a kind of work, by name.</summary>
    /// <param name="work">LIST, READ or WRITE.</param>
    public static Dictionary<string, string> For(string work) => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(v => (Name: (string)v.Key, Command: (string?)v.Value ?? ""))
        .Where(v => v.Name.StartsWith(Prefix, StringComparison.Ordinal) && v.Name.EndsWith('_' + work, StringComparison.Ordinal))
        .ToDictionary(v => v.Name[Prefix.Length..^(work.Length + 1)], v => v.Command, StringComparer.Ordinal);
}
