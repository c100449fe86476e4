using System;
using System.Globalization;
using System.Management.Automation;

namespace PstMigration;

/// <summary>Lets a parameter of type <see cref="Age"/> take text, a TimeSpan or a date, and says why it takes no number.</summary>
public sealed class AgeConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => destinationType == typeof(Age);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => sourceValue switch
    {
        TimeSpan span => Age.FromTimeSpan(span),
        DateTimeOffset date => Age.FromDate(date),
        DateTime date => Age.FromDate(date.Kind == DateTimeKind.Utc ? new DateTimeOffset(date) : new DateTimeOffset(date, TimeZoneInfo.Local.GetUtcOffset(date))),
        string text => Age.Parse(text),
        _ => throw Age.NotAnAge(Convert.ToString(sourceValue, CultureInfo.InvariantCulture) ?? ""),
    };

    /// <summary>
    /// As above. PowerShell reads <c>30d</c> as the decimal number 30 and, since 6.2, <c>2y</c> as a small integer; the wrapped number still
    /// knows what was typed.
    /// </summary>
    public override object ConvertFrom(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        ConvertFrom(
            sourceValue.BaseObject is decimal or sbyte ? LanguagePrimitives.ConvertTo<string>(sourceValue) : sourceValue.BaseObject,
            destinationType,
            formatProvider,
            ignoreCase);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException();
}
