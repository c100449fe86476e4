namespace PstMigration.Mapi;

/// <summary>
/// What Outlook calls its default folders in the languages it is sold in. Used only where a file does not say which folder is which,
/// and only for folders directly below the IPM subtree.
/// </summary>
public static class FolderNames
{
    private static readonly (FolderRole Role, string Names)[] s_table =
    [
        (FolderRole.Inbox, "Inbox|受信トレイ|受信箱|Posteingang|Boîte de réception|Bandeja de entrada|Posta in arrivo|Postvak IN|Caixa de Entrada|"
            + "A Receber|Inkorgen|Indbakke|Innboks|Saapuneet|Skrzynka odbiorcza|Doručená pošta|Beérkezett üzenetek|Входящие|Вхідні|收件箱|收件匣|받은 편지함|"
            + "Gelen Kutusu|Εισερχόμενα|Mesaje primite|Doručené|علبة الوارد|תיבת דואר נכנס|กล่องจดหมายเข้า|Hộp thư đến"),
        (FolderRole.Drafts, "Drafts|下書き|Entwürfe|Brouillons|Borradores|Bozze|Concepten|Rascunhos|Utkast|Kladder|Luonnokset|Wersje robocze|"
            + "Koncepty|Piszkozatok|Черновики|Чернетки|草稿|임시 보관함|Taslaklar|Πρόχειρα|Schițe|المسودات|טיוטות|แบบร่าง|Thư nháp"),
        (FolderRole.SentItems, "Sent Items|Sent|Sent Mail|Sent Messages|送信済みアイテム|送信済み アイテム|送信済みトレイ|送信済みメール|送信済み|Gesendete Elemente|Gesendete Objekte|Éléments envoyés|"
            + "Elementos enviados|Posta inviata|Verzonden items|Itens Enviados|Skickat|Sendt post|Sendte elementer|Lähetetyt|Elementy wysłane|"
            + "Odeslaná pošta|Elküldött elemek|Отправленные|Надіслані|已发送邮件|寄件備份|보낸 편지함|Gönderilmiş Öğeler|Απεσταλμένα|Elemente trimise|"
            + "العناصر المرسلة|פריטים שנשלחו|รายการที่ถูกส่ง|Thư đã gửi"),
        (FolderRole.DeletedItems, "Deleted Items|Deleted Messages|Trash|削除済みアイテム|削除済み アイテム|ごみ箱|ゴミ箱|Gelöschte Elemente|Gelöschte Objekte|Éléments supprimés|Elementos eliminados|"
            + "Posta eliminata|Verwijderde items|Itens Excluídos|Itens Eliminados|Borttaget|Slettet post|Slettede elementer|Poistetut|"
            + "Elementy usunięte|Odstraněná pošta|Törölt elemek|Удаленные|Видалені|已删除邮件|刪除的郵件|지운 편지함|Silinmiş Öğeler|Διαγραμμένα|"
            + "Elemente șterse|العناصر المحذوفة|פריטים שנמחקו|รายการที่ถูกลบ|Thư đã xóa"),
        (FolderRole.Outbox, "Outbox|送信トレイ|Postausgang|Boîte d'envoi|Bandeja de salida|Posta in uscita|Postvak UIT|Caixa de Saída|A Enviar|Utkorgen|"
            + "Udbakke|Utboks|Lähtevät|Skrzynka nadawcza|Pošta k odeslání|Postázandó üzenetek|Исходящие|Вихідні|发件箱|寄件匣|보낼 편지함|"
            + "Giden Kutusu|Εξερχόμενα|Mesaje de expediat|علبة الصادر|תיבת דואר יוצא|กล่องจดหมายออก|Hộp thư đi"),
        (FolderRole.JunkEmail, "Junk E-mail|Junk Email|Junk|Spam|迷惑メール|Junk-E-Mail|Courrier indésirable|Correo no deseado|Correo electrónico no deseado|"
            + "Posta indesiderata|Ongewenste e-mail|Lixo Eletrônico|Lixo Eletrónico|Correio Electrónico Não Solicitado|Skräppost|Uønsket mail|"
            + "Søppelpost|Roskaposti|Wiadomości-śmieci|Nevyžádaná pošta|Levélszemét|Нежелательная почта|Небажана пошта|垃圾邮件|垃圾郵件|정크 메일|"
            + "Gereksiz E-posta|Ανεπιθύμητη αλληλογραφία|E-mail nedorit|البريد الإلكتروني غير الهام|דואר זבל|อีเมลขยะ|Thư rác"),
        (FolderRole.Archive, "Archive|アーカイブ|Archiv|Archivieren|Archives|Archivo|Archivio|Archief|Arquivo Morto|Arkiv|Arkisto|Archiwum|Archív|Архив|Архів|"
            + "存档|封存|보관|Arşiv|Αρχειοθήκη|Arhivă"),
        (FolderRole.Calendar, "Calendar|予定表|Kalender|Calendrier|Calendario|Agenda|Calendário|Kalenteri|Kalendarz|Kalendář|Naptár|Календарь|Календар|"
            + "日历|行事曆|일정|Takvim|Ημερολόγιο|التقويم|לוח שנה|ปฏิทิน|Lịch"),
        (FolderRole.Contacts, "Contacts|連絡先|Kontakte|Contactos|Contatti|Contactpersonen|Contatos|Contactos|Kontakter|Kontaktpersoner|Yhteystiedot|"
            + "Kontakty|Névjegyalbum|Контакты|Контакти|联系人|連絡人|연락처|Kişiler|Επαφές|Persoane de contact|جهات الاتصال|אנשי קשר|ที่ติดต่อ|Liên hệ"),
        (FolderRole.Tasks, "Tasks|タスク|仕事|Aufgaben|Tâches|Tareas|Attività|Taken|Tarefas|Uppgifter|Opgaver|Oppgaver|Tehtävät|Zadania|Úkoly|Feladatok|"
            + "Задачи|Завдання|任务|工作|작업|Görevler|Εργασίες|Activități|المهام|משימות|งาน|Tác vụ"),
        (FolderRole.Notes, "Notes|メモ|Notizen|Notas|Note|Notities|Anotações|Anteckningar|Noter|Notater|Muistilaput|Notatki|Poznámky|Feljegyzések|Заметки|"
            + "Нотатки|便笺|記事|메모|Notlar|Σημειώσεις|الملاحظات|פתקים|บันทึกย่อ|Ghi chú"),
        (FolderRole.Journal, "Journal|履歴|Diario|Logboek|Diário|Päiväkirja|Dziennik|Deník|Napló|Дневник|Журнал|日记|日誌|업무 일지|Günlük|Ημερολόγιο κίνησης|"
            + "Jurnal|دفتر اليومية|יומן|สมุดรายวัน|Nhật ký"),
    ];

    private static readonly Dictionary<string, FolderRole> s_roles = Build();

    /// <summary>The role a default folder of this name has; None for any other.</summary>
    public static FolderRole Find(string name) => s_roles.TryGetValue(name.Trim(), out FolderRole role) ? role : FolderRole.None;

    private static Dictionary<string, FolderRole> Build()
    {
        Dictionary<string, FolderRole> roles = new(StringComparer.OrdinalIgnoreCase);
        foreach ((FolderRole role, string names) in s_table)
        {
            foreach (string name in names.Split('|'))
            {
                roles[name] = role;
            }
        }

        return roles;
    }
}
