namespace PstMigration.Formats;

/// <summary>What Gmail calls its own labels in the languages of its interface. Where a name changed with the years, the former ones stand beside it.</summary>
internal static class GmailLabelNames
{
    private static readonly (GmailLabel Label, string Names)[] s_table =
    [
        (GmailLabel.Inbox, "Inbox|受信トレイ|Posteingang|Boîte de réception|Recibidos|Bandeja de entrada|Bandeja de recibidos|Posta in arrivo|Postvak IN|Inbox|Entrada|"
            + "Caixa de entrada|A receber|Inkorgen|Indbakke|Innboks|Postilaatikko|Saapuneet|Odebrane|Skrzynka odbiorcza|Doručená pošta|Doručené|Beérkező levelek|"
            + "Beérkezett üzenetek|Входящие|Вхідні|收件箱|收件匣|받은편지함|받은 편지함|Gelen Kutusu|Εισερχόμενα|Mesaje primite|Inbox|Primljeno|Primljena pošta|Prejeto|"
            + "Входящи|Входяща поща|Примљено|Примљене|Gautieji|Gauta|Iesūtne|Postkast|Sisendkaust|علبة الوارد|البريد الوارد|صندوق ورودی|דואר נכנס|"
            + "תיבת דואר נכנס|กล่องจดหมาย|กล่องจดหมายเข้า|Hộp thư đến|Kotak Masuk|Peti masuk|Safata d'entrada|Bústia d'entrada|Sarrera-ontzia|Caixa de entrada|Pósthólf|"
            + "इनबॉक्स|ইনবক্স|இன்பாக்ஸ்|ఇన్‌బాక్స్|ഇൻബോക്സ്|इनबॉक्स|Kikasha|Inkassie|Մուտքի արկղ|შემოსული|Кіріс|Ирсэн"),
        (GmailLabel.Sent, "Sent|Sent Mail|送信済み|送信済みメール|Gesendet|Gesendete Nachrichten|Envoyés|Messages envoyés|Mails envoyés|Enviados|Mensajes enviados|Enviado|Posta inviata|"
            + "Inviati|Verzonden|Verzonden berichten|E-mails enviados|Itens enviados|Correio enviado|Skickat|Skickade|Sendt|Sendte|Sendte e-poster|Lähetetyt|Wysłane|Odeslaná pošta|"
            + "Odeslané|Odoslaná pošta|Odoslané|Elküldött levelek|Elküldött|Отправленные|Надіслані|已发邮件|已发送|已傳送郵件|寄件備份|보낸편지함|보낸 편지함|Gönderilmiş Postalar|"
            + "Gönderilenler|Gönderildi|Απεσταλμένα|Σταλμένα|Mesaje trimise|Trimise|Poslano|Poslana pošta|Изпратени|Изпратена поща|Послато|Послате|Išsiųsti|Išsiųsta|Nosūtītie|"
            + "Nosūtītās|Saadetud|Saadetud kirjad|المرسلة|البريد المرسل|الرسائل المرسلة|ارسال شده|نامه‌های ارسال شده|נשלח|דואר יוצא|דואר שנשלח|ส่งแล้ว|จดหมายที่ส่งแล้ว|Đã gửi|Thư đã gửi|"
            + "Terkirim|Surat Terkirim|Dihantar|Mel Dihantar|Enviats|Correu enviat|Bidaliak|Bidalitakoak|Enviadas|भेजे गए|भेजे गए ईमेल|পাঠানো|Zilizotumwa|Gestuur"),
        (GmailLabel.Drafts, "Drafts|Draft|下書き|Entwürfe|Entwurf|Brouillons|Brouillon|Borradores|Borrador|Bozze|Concepten|Rascunhos|Utkast|Kladder|Luonnokset|Robocze|Wersje robocze|Koncepty|"
            + "Rozepsané zprávy|Piszkozatok|Vázlatok|Черновики|Чернетки|草稿|임시보관함|임시 보관함|Taslaklar|Πρόχειρα|Schițe|Mesaje nefinalizate|Skice|Osnutki|Чернови|Недовршене поруке|"
            + "Радне верзије|Juodraščiai|Melnraksti|Mustandid|المسودات|مسودات|مسودّات|پیش‌نویس‌ها|טיוטות|ร่างจดหมาย|แบบร่าง|จดหมายร่าง|Thư nháp|Bản nháp|Draf|Esborranys|Zirriborroak|"
            + "Borradores|ड्राफ़्ट|खसड़े|খসড়া|Rasimu|Konsepte"),
        (GmailLabel.Trash, "Trash|Bin|Deleted|ゴミ箱|ごみ箱|Papierkorb|Corbeille|Papelera|Eliminados|Cestino|Prullenbak|Lixeira|Lixo|Reciclagem|Papperskorgen|Papirkurv|Papirkurven|Søppelbøtte|Søppel|"
            + "Roskakori|Kosz|Koš|Kôš|Kuka|Lomtár|Корзина|Кошик|已删除邮件|垃圾桶|回收站|휴지통|Çöp Kutusu|Çöp|Κάδος απορριμμάτων|Κάδος|Coș de gunoi|Coș|Smeće|Otpad|Smeti|Koš|Кошче|Отпад|"
            + "Šiukšliadėžė|Šiukšlinė|Miskaste|Atkritne|Prügikast|Prügi|المهملات|سلة المهملات|زباله‌دان|حذف‌شده‌ها|אשפה|פח אשפה|ถังขยะ|Thùng rác|Sampah|Tong Sampah|Tempat sampah|Paperera|"
            + "Zakarrontzia|Zaborrontzia|Ruslafata|ट्रैश|ट्रैश|Tupio|Asblik"),
        (GmailLabel.Spam, "Spam|Junk|迷惑メール|Courrier indésirable|Pourriel|Correo no deseado|No deseado|Posta indesiderata|Ongewenst|Skräppost|Uønsket post|Søppelpost|Roskaposti|Спам|垃圾邮件|"
            + "垃圾郵件|スパム|스팸함|스팸|Ανεπιθύμητα|Ανεπιθύμητη αλληλογραφία|Nevyžádaná pošta|Levélszemét|Neželjena pošta|Vsiljena pošta|Nepoželjno|Непожељно|Šlamštas|Brukalas|Mēstules|"
            + "Surogātpasts|Rämpspost|غير مرغوب فيه|الرسائل غير المرغوب فيها|الرسائل غير المرغوب بها|هرزنامه|דואר זבל|ספאם|จดหมายขยะ|สแปม|Thư rác|Correu brossa|Correo lixo|Lixo electrónico|स्पैम|"
            + "স্প্যাম|Barua taka|Strooipos"),
        (GmailLabel.Starred, "Starred|スター付き|Markiert|Suivis|Messages suivis|Favoris|Destacados|Con estrella|Speciali|Met ster|Com estrela|Com marcador|Marcado com estrela|Stjärnmärkta|"
            + "Stjärnmärkt|Stjernemarkeret|Med stjerne|Stjernemerket|Tähdellä merkityt|Tähdellä merkitty|Oznaczone gwiazdką|Z gwiazdką|S hvězdičkou|Označené hviezdičkou|S hviezdičkou|Csillagozott|"
            + "Csillaggal megjelölt|Помеченные|Отмеченные|Із зірочкою|Позначені зірочкою|已加星标|星标邮件|已加星號|별표편지함|중요편지함|별표 편지함|별표|Yıldızlı|Με αστέρι|Cu stea|Sa zvjezdicom|"
            + "Označeno zvjezdicom|Z zvezdico|Označeno z zvezdico|Със звезда|Са звездицом|Pažymėtos žvaigždute|Su žvaigždute|Ar zvaigznīti|Atzīmēts ar zvaigznīti|Tärniga|Tähistatud tärniga|"
            + "مميزة بنجمة|المميزة بنجمة|مميّز بنجمة|ستاره‌دار|מסומן בכוכב|מסומנים בכוכב|ติดดาว|ที่ติดดาว|Có gắn dấu sao|Đã gắn dấu sao|Gắn dấu sao|Berbintang|Dibintangi|Destacats|Amb estrella|"
            + "Izardunak|Con estrela|तारांकित|তারকাঙ্কিত|Zenye nyota|Met ster"),
        (GmailLabel.Opened, "Opened|Read|開封済み|既読|Geöffnet|Gelesen|Ouvert|Ouverts|Lus|Lu|Abierto|Abiertos|Leídos|Aperto|Aperti|Aperta|Letti|Già letti|Geopend|Gelezen|Aberto|Aberta|Abertos|Lidos|Lida|"
            + "Öppnat|Öppnade|Lästa|Åbnet|Læst|Åpnet|Lest|Avattu|Avatut|Luettu|Otwarte|Otwarty|Przeczytane|Otevřeno|Otevřené|Přečtené|Otvorené|Prečítané|Megnyitott|Megnyitva|Olvasott|Открыто|"
            + "Открытые|Прочитанные|Відкрито|Відкриті|Прочитані|已打开|已读|已讀|已開啟|열람|열림|열어봄|읽음|읽은 메일|Açıldı|Açık|Açılanlar|Okundu|Ανοιγμένα|Ανοίχτηκε|Αναγνωσμένα|Deschise|Deschis|Citite|"
            + "Otvoreno|Pročitano|Odprto|Prebrano|Отворени|Отворено|Прочетени|Прочитано|Atidaryta|Skaityti|Atvērts|Lasīts|Avatud|Loetud|مفتوحة|مفتوح|تم الفتح|تم فتحها|تم فتحه|مقروءة|باز شده|خوانده‌شده|"
            + "נפתח|נפתחו|נקרא|เปิดแล้ว|อ่านแล้ว|Đã mở|Đã đọc|Dibuka|Telah dibuka|Sudah dibaca|Dibaca|Oberts|Obert|Llegits|Irekita|Irakurrita|खोला गया|पढ़ा गया|খোলা হয়েছে"),
        (GmailLabel.Unread, "Unread|未読|未開封|Ungelesen|Non lus|Non lu|Messages non lus|No leídos|No leído|Sin leer|Non letti|Da leggere|Non letto|Ongelezen|Não lidos|Não lidas|Não lida|Não lido|Não lidos|"
            + "Por ler|Olästa|Oläst|Ulæste|Ulæst|Uleste|Ulest|Lukematta|Lukemattomat|Nieprzeczytane|Nepřečtené|Nepřečteno|Neprečítané|Olvasatlan|Непрочитанные|Непрочитанное|Непрочитані|未读|未讀|未讀取|"
            + "未读邮件|未讀郵件|읽지않음|읽지 않음|안읽은 메일|읽지 않은 메일|Okunmadı|Okunmamış|Okunmayanlar|Μη αναγνωσμένα|Μη αναγνωσμένο|Necitite|Necitit|Nepročitano|Nepročitane|Neprebrano|Непрочетени|"
            + "Непрочитано|Непрочитане|Neskaitytos|Neskaityti|Neskaityta|Nelasītās|Nelasīts|Lugemata|غير مقروءة|غير المقروءة|غير مقروء|خوانده‌نشده|خوانده نشده|לא נקרא|לא נקראו|שלא נקראו|"
            + "ยังไม่ได้อ่าน|ยังไม่อ่าน|Chưa đọc|Belum dibaca|Belum Dibaca|Belum Dibaca|No llegits|No llegit|Sense llegir|Irakurri gabe|Sen ler|अपठित|पढ़ा नहीं गया|অপঠিত|Hazijasomwa|Ongelees"),
        (GmailLabel.Archived, "Archived|アーカイブ済み|アーカイブ|Archiviert|Archivés|Messages archivés|Archivé|Archivados|Archivado|Archiviati|Archiviato|Archiviata|Gearchiveerd|Arquivados|Arquivado|Arquivada|"
            + "Arkiverat|Arkiverade|Arkiveret|Arkivert|Arkistoitu|Arkistoidut|Zarchiwizowane|Archivováno|Archivované|Archivált|Archiválva|В архиве|Архив|Архивированные|Архівовано|Архівовані|"
            + "В архіві|已归档|已封存|보관됨|보관처리됨|보관|Arşivlendi|Arşivlenenler|Αρχειοθετημένα|Αρχειοθετήθηκε|Arhivate|Arhivat|Arhivirano|Архивирани|Архивирано|Suarchyvuota|Arhivēts|"
            + "Arhiivitud|مؤرشفة|تمت أرشفتها|مؤرشف|بایگانی شده|הועבר לארכיון|בארכיון|เก็บแล้ว|เก็บถาวรแล้ว|เก็บเข้าคลัง|Đã lưu trữ|Diarsipkan|Diarkibkan|Arxivats|Arxivat|Artxibatuta|संग्रहीत"),
    ];

    private static readonly Dictionary<string, GmailLabel> s_labels = Build();

    /// <summary>Which of Gmail's own labels a name is; None for any other.</summary>
    public static GmailLabel Find(string name) => s_labels.TryGetValue(name, out GmailLabel label) ? label : GmailLabel.None;

    // A word that one language has for one label and another for another belongs to the label that stands first in the table.
    private static Dictionary<string, GmailLabel> Build()
    {
        Dictionary<string, GmailLabel> labels = new(StringComparer.OrdinalIgnoreCase);
        foreach ((GmailLabel label, string names) in s_table)
        {
            foreach (string name in names.Split('|'))
            {
                labels[name] = labels.TryGetValue(name, out GmailLabel first) ? first : label;
            }
        }

        return labels;
    }
}
