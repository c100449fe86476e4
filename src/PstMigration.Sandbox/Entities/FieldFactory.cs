using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>The kinds of properties entities of several types have.</summary>
/// <param name="itemOf">What an entity is kept in.</param>
internal sealed class FieldFactory<T>(Func<T, MailItem> itemOf)
{
    /// <summary>A text; null where there is none.</summary>
    public Field<T> Text(string name, ExtendedPropertyId id) => new(
        name, (_, w, e) => w.WriteString(name, Of(e).GetString(id)), (v, e) => Of(e).Set(id, Json.Text(v, name)));

    /// <summary>A text; empty where there is none.</summary>
    public Field<T> Title(string name, ExtendedPropertyId id) => Text(name, id) with { Write = (_, w, e) => w.WriteString(name, Of(e).GetString(id) ?? "") };

    /// <summary>Texts.</summary>
    public Field<T> Texts(string name, ExtendedPropertyId id) => new(
        name,
        (_, w, e) =>
        {
            w.WriteStartArray(name);
            foreach (string text in Of(e).GetStrings(id))
            {
                w.WriteStringValue(text);
            }

            w.WriteEndArray();
        },
        (v, e) => Of(e).SetAll(id, [.. Json.Array(v, name).Select(t => (object)(Json.Text(t, name) ?? throw Json.Mismatch(name, "a string")))]));

    /// <summary>A number.</summary>
    public Field<T> Number(string name, ExtendedPropertyId id, long byDefault) => new(
        name,
        (_, w, e) => w.WriteNumber(name, Of(e).GetNumber(id) ?? byDefault),
        (v, e) => Of(e).Set(id, v.ValueKind == JsonValueKind.Null ? null : Json.Number(v, name)));

    /// <summary>Yes or no.</summary>
    public Field<T> Flag(string name, ExtendedPropertyId id, bool byDefault = false) => new(
        name,
        (_, w, e) => w.WriteBoolean(name, Of(e).GetNumber(id) is long set ? set == 1 : byDefault),
        (v, e) => Of(e).Set(id, v.ValueKind == JsonValueKind.Null ? null : Json.Boolean(v, name) ? 1L : 0L));

    /// <summary>A member of an enumeration; a number stored by other ways that is none counts as the default.</summary>
    public Field<T> Member(string name, ExtendedPropertyId id, IReadOnlyDictionary<string, long> members, long byDefault) => new(
        name,
        (_, w, e) =>
        {
            long stored = Of(e).GetNumber(id) ?? byDefault;
            w.WriteString(name, members.FirstOrDefault(m => m.Value == stored).Key ?? members.First(m => m.Value == byDefault).Key);
        },
        (v, e) => Of(e).Set(id, Json.Member(v, name, members)));

    /// <summary>Low, normal, high.</summary>
    public Field<T> Importance() => Member("importance", Tags.Importance, Members.Importance, 1);

    /// <summary>A time in UTC that is only read (ticks); null where there is none.</summary>
    public Field<T> Time(string name, Func<MailItem, long?> value) => new(
        name,
        (c, w, e) =>
        {
            if (value(itemOf(e)) is long time)
            {
                w.WriteString(name, GraphTime.Format(time, c.Behaviour.AnswersWholeSeconds));
            }
            else
            {
                w.WriteNull(name);
            }
        });

    private PropertyMap Of(T entity) => itemOf(entity).Properties;
}

/// <summary>Enumerations several types have.</summary>
internal static class Members
{
    public static readonly IReadOnlyDictionary<string, long> Importance = new Dictionary<string, long> { ["low"] = 0, ["normal"] = 1, ["high"] = 2 };
}
