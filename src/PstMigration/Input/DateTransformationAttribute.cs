using System.Globalization;
using System.Management.Automation;

namespace PstMigration;

/// <summary>Lets a parameter of a day take it as ages take dates: the engine would read 6/1/2027 as June 1 in every language.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DateTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Given.Unwrap(inputData) switch
    {
        string text => Parse(text),
        int year => Parse(year.ToString(CultureInfo.InvariantCulture)),

        // PowerShell reads 30d as a number, which knows what was typed.
        decimal or sbyte => Parse(LanguagePrimitives.ConvertTo<string>(inputData)),
        _ => inputData,
    };

    private static DateTimeOffset Parse(string text) => AgeText.Read(text, CultureInfo.CurrentCulture) is { IsDate: true } date
        ? date.Before(TimeProvider.System.GetLocalNow())
        : throw new FormatException(LocalText.Format(Strings.DateInvalid, SafeText.Show(text), AgeText.Example(CultureInfo.CurrentCulture)));
}
