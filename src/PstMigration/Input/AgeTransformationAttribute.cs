using System.Globalization;
using System.Management.Automation;

namespace PstMigration;

/// <summary>
/// Lets a parameter of type <see cref="Age"/> take text, a TimeSpan or a date, and say why it takes no number. (A type converter would be
/// looked up by name where the module's assemblies cannot be seen.)
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AgeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        null => null,
        Age age => age,
        TimeSpan span => Age.FromTimeSpan(span),
        DateTimeOffset date => Age.FromDate(date),
        DateTime date => Age.FromDate(date.Kind == DateTimeKind.Utc ? new DateTimeOffset(date) : new DateTimeOffset(date, TimeZoneInfo.Local.GetUtcOffset(date))),
        string text => Age.Parse(text),

        // PowerShell reads 30d as the decimal number 30 and, since 6.2, 2y as a small integer; wrapped, they still know what was typed.
        decimal or sbyte => Age.Parse(LanguagePrimitives.ConvertTo<string>(inputData)),

        // A year as it is typed. Any other number is not an age, and says so.
        int year => Age.Parse(year.ToString(CultureInfo.InvariantCulture)),
        object other => throw Age.NotAnAge(Convert.ToString(other, CultureInfo.InvariantCulture) ?? ""),
    };
}
