using System.Reflection;

namespace PstMigration.Pst;

/// <summary>The catalogue of everything the checker verifies; <c>docs/checks.md</c> says where the rules come from.</summary>
public static partial class PstCheckRules
{
    private static readonly Lazy<IReadOnlyList<PstCheckRule>> s_all = new(() =>
    [
        .. typeof(PstCheckRules).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.FieldType == typeof(PstCheckRule))
            .Select(f => (PstCheckRule)f.GetValue(null)!)
            .OrderBy(r => r.Id, StringComparer.Ordinal),
    ]);

    /// <summary>All rules, ordered by id.</summary>
    public static IReadOnlyList<PstCheckRule> All => s_all.Value;
}
